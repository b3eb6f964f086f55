using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using HGQ.Runtime.Training.Checkpoints;
using HGQ.Runtime.Training.Pareto;

namespace HGQ.Runtime.Training;

/// <content>Saving a run and going on with it.</content>
public sealed partial class Trainer
{
    /// <summary>Writes everything the rest of the run depends on, atomically.</summary>
    public void SaveCheckpoint(string path) => CheckpointFile.Write(path, new Dictionary<string, byte[]>
    {
        ["run"] = Encoding.UTF8.GetBytes(_options.RunDescription),
        ["history"] = History.Save(),
        ["beta"] = BitConverter.GetBytes(_beta),
        ["network"] = Bytes(w => NetworkSnapshot.Of(_network.State).Write(w)),
        ["optimizer"] = Bytes(_optimizer.Save),
        ["candidates"] = Bytes(WriteCandidates),
    });

    /// <summary>Goes back, or forward, to what a checkpoint holds.</summary>
    /// <exception cref="CheckpointException">It is damaged, or of another run.</exception>
    public void RestoreCheckpoint(string path)
    {
        IReadOnlyDictionary<string, byte[]> sections = CheckpointFile.Read(path);
        try
        {
            string run = Encoding.UTF8.GetString(sections["run"]);
            if (run != _options.RunDescription)
            {
                throw new CheckpointException(path, "it belongs to another run (data, recipe or seed differ)");
            }

            Read(sections["network"], NetworkSnapshot.Read).Restore(_network.State);
            Read(sections["optimizer"], LoadOptimizer);
            _beta = BitConverter.ToDouble(sections["beta"]);
            History = TrainingHistory.Load(sections["history"]);
            _candidates = Read(sections["candidates"], reader => ReadCandidates(reader, _options.Fronts));
        }
        catch (Exception e) when (e is KeyNotFoundException or EndOfStreamException or ArgumentException)
        {
            throw new CheckpointException(path, "its content does not fit this run (" + e.Message + ")", e);
        }
    }

    /// <summary>The candidates of a checkpoint, whatever run it belongs to.</summary>
    /// <exception cref="CheckpointException">It is damaged.</exception>
    internal static IReadOnlyList<Candidate> ReadCandidates(string path)
    {
        IReadOnlyDictionary<string, byte[]> sections = CheckpointFile.Read(path);
        try
        {
            return Read(sections["candidates"], static reader => ReadCandidates(reader, int.MaxValue)).Entries.Select(static e => e.Item).ToArray();
        }
        catch (Exception e) when (e is KeyNotFoundException or EndOfStreamException or ArgumentException)
        {
            throw new CheckpointException(path, "it holds no candidates (" + e.Message + ")", e);
        }
    }

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        write(writer);
        writer.Flush();
        return memory.ToArray();
    }

    private static T Read<T>(byte[] bytes, Func<BinaryReader, T> read)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return read(reader);
    }

    private bool LoadOptimizer(BinaryReader reader)
    {
        _optimizer.Load(reader);
        return true;
    }

    private void WriteCandidates(BinaryWriter writer)
    {
        writer.Write(_candidates.Entries.Count);
        foreach ((_, Candidate candidate) in _candidates.Entries)
        {
            writer.Write(candidate.Epoch);
            writer.Write(candidate.Ebops);
            writer.Write(candidate.Score);
            candidate.State.Write(writer);
        }
    }

    private static ParetoArchive<Candidate> ReadCandidates(BinaryReader reader, int fronts)
    {
        var archive = new ParetoArchive<Candidate>(fronts);
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            var candidate = new Candidate(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), NetworkSnapshot.Read(reader));
            archive.Add(new ParetoPoint(candidate.Ebops, candidate.Score), candidate);
        }

        return archive;
    }
}
