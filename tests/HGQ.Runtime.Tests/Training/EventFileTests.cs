using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text;
using Google.Protobuf;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Events;
using HGQ.Runtime.Training.Scores;
using HGQ.Testing;
using Tensorboard;

namespace HGQ.Runtime.Tests.Training;

/// <summary>Event files as TensorBoard reads them; the generated parser that TorchSharp brings along is the referee of messages.</summary>
public sealed class EventFileTests
{
    /// <summary>The check value of CRC-32C, and those of RFC 3720, B.4.</summary>
    [Fact]
    public void Check_sums_are_those_of_the_standard()
    {
        Assert.Equal(0xE3069283u, EventFile.CheckSum(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AAu, EventFile.CheckSum(new byte[32]));
        Assert.Equal(0x62A8AB43u, EventFile.CheckSum([.. Enumerable.Repeat((byte)255, 32)]));
        Assert.Equal(0x46DD794Eu, EventFile.CheckSum([.. Enumerable.Range(0, 32).Select(static n => (byte)n)]));
    }

    [Fact]
    public void An_epoch_is_an_event_with_its_numbers()
    {
        using var folder = new TemporaryFolder();
        var inner = new CountingProgress();
        using (var progress = new EventProgress(folder.Combine("runs", "a"), new RootMeanSquareScore(2), inner))
        {
            progress.OnEpoch(new EpochReport(0, 1.5, -0.25, 30_000, 1e-6, double.NaN), 2, TimeSpan.Zero);
            progress.OnMessage("heard");
            progress.OnEpoch(new EpochReport(70_000, 0.5, -0.125, 20_000, 2e-6, 1e-3), 2, TimeSpan.Zero);

            // They can be read while it goes on.
            Assert.Equal(3, Read(Assert.Single(Directory.GetFiles(folder.Combine("runs", "a")))).Count);
        }

        Assert.Equal((2, 1), (inner.Epochs, inner.Messages));
        List<Event> events = Read(Assert.Single(Directory.GetFiles(folder.Combine("runs", "a"))));
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal([1L, 70_001L], events.Skip(1).Select(static e => e.Step));
        Assert.Equal(
            [("loss", 1.5f), ("validation/rms_error", 0.25f), ("ebops", 30_000f), ("beta", 1e-6f), ("learning_rate", float.NaN)],
            events[1].Summary.Value.Select(static v => (v.Tag, v.SimpleValue)));
        Assert.Equal(0.125f, events[2].Summary.Value[1].SimpleValue);

        // Seconds, of this century.
        Assert.All(events, static e => Assert.InRange(e.WallTime, 1.7e9, 4.2e9));
    }

    [Fact]
    public void Each_start_has_a_file_of_its_own()
    {
        using var folder = new TemporaryFolder();
        for (int n = 0; n < 3; n++)
        {
            using var file = new EventFile(folder.Path, TimeProvider.System);
            file.Add(n, [("x", n)]);
        }

        string[] files = Directory.GetFiles(folder.Path);
        Assert.Equal([0f, 1f, 2f], files.Select(static path => Read(path)[1].Summary.Value[0].SimpleValue).Order());
    }

    private static List<Event> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        ReadOnlySpan<byte> bytes = memory.ToArray();
        List<Event> events = [];
        while (bytes.Length > 0)
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
            Assert.Equal(Masked(bytes[..8]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
            ReadOnlySpan<byte> message = bytes.Slice(12, length);
            Assert.Equal(Masked(message), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(12 + length)..]));
            events.Add(Event.Parser.ParseFrom(new CodedInputStream(message.ToArray())));
            bytes = bytes[(16 + length)..];
        }

        return events;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes) =>
        unchecked(BitOperations.RotateRight(EventFile.CheckSum(bytes), 15) + 0xA282EAD8);

    private sealed class CountingProgress : ITrainingProgress
    {
        public int Epochs { get; private set; }

        public int Messages { get; private set; }

        public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining) => Epochs++;

        public void OnMessage(string message) => Messages++;
    }
}
