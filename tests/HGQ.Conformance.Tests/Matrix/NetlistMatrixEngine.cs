using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Pipelining;
using HGQ.Model.Hardware.Simulation;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Hardware.Words;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>LUTs and carry chains instead of integers, without registers, cut into stages, and position by position.</summary>
internal sealed class NetlistMatrixEngine : IMatrixEngine
{
    public string Name => MatrixEngines.Netlist;

    public bool NeedsCompiler => false;

    public IReadOnlyList<MatrixVerdict> Run(IReadOnlyList<MatrixModel> models) => [.. models.Select(Compare)];

    private static MatrixVerdict Compare(MatrixModel model)
    {
        var verdict = new MatrixVerdict(model);
        var netlist = NetworkMapper.Map(HardwareNetworkBuilder.Build(model.Program), new MappingOptions(1));
        verdict.CompareCodes("netlist", Evaluate(model, netlist));
        verdict.CompareCodes("netlist in stages", Evaluate(model, Pipeliner.Run(netlist, new PipelineOptions(2, InputRegisters: true))));
        if (Streamed(model) is { } stream)
        {
            verdict.CompareCodes("position by position", Evaluate(model, stream));
        }

        return verdict;
    }

    // Null where a layer does not work position by position.
    private static BitNetlist? Streamed(MatrixModel model)
    {
        try
        {
            return StreamUnrolling.Run(StreamPlanner.Plan(model.Program, new MappingOptions(1)));
        }
        catch (StreamRefusedException)
        {
            return null;
        }
    }

    private static long[] Evaluate(MatrixModel model, BitNetlist netlist)
    {
        var results = new long[model.OfCodes.Length];
        new NetlistEvaluator(netlist).Run([.. model.Codes.SelectMany(codes => codes)], results, model.Codes.Length);
        return results;
    }
}
