using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace HGQ.Runtime.Training;

/// <summary>The figures of all epochs so far, and the text of <c>history.csv</c>.</summary>
public sealed class TrainingHistory
{
    private readonly List<EpochReport> _epochs = [];

    /// <summary>The epochs in order.</summary>
    public IReadOnlyList<EpochReport> Epochs => _epochs;

    /// <summary>Adds an epoch.</summary>
    public void Add(EpochReport report) => _epochs.Add(report);

    /// <summary>The table as CSV with a header line; numbers round-trip.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder("epoch,loss,validation_score,ebops,beta,learning_rate\n");
        foreach (EpochReport e in _epochs)
        {
            text.Append(FormattableString.Invariant($"{e.Epoch},{e.Loss:R},{e.Score:R},{e.Ebops:R},{e.Beta:R},{e.LearningRate:R}\n"));
        }

        return text.ToString();
    }

    internal byte[] Save()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(_epochs.Count);
        foreach (EpochReport e in _epochs)
        {
            writer.Write(e.Epoch);
            foreach (double number in new[] { e.Loss, e.Score, e.Ebops, e.Beta, e.LearningRate })
            {
                writer.Write(number);
            }
        }

        return memory.ToArray();
    }

    internal static TrainingHistory Load(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var history = new TrainingHistory();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            history.Add(new EpochReport(
                reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()));
        }

        return history;
    }
}
