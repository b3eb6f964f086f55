using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Lanes;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>What is done to the sums of a packed product, as table columns at the result <c>c</c>.</summary>
internal sealed class ColumnTerms
{
    private readonly RequantizeTerms _sums;
    private readonly RequantizeTerms _finish;

    public ColumnTerms(Kernel kernel, LaneCode code, ConstantProductPlan plan, IEnumerable<BigInteger> biases)
    {
        var sums = new RequantizeColumns(code, plan.Sums);
        sums.KeepAll();
        var finish = new RequantizeColumns(code, plan.Finish);
        int bias = finish.Extra(biases.Select(value => (long)code.Lane.Reduce(value)));
        finish.KeepAll();
        _sums = sums.Declare();
        _finish = finish.Declare();
        Start = finish.Value(bias, true) ?? code.Constant(BigInteger.Zero);
    }

    /// <summary>The bias of result <c>c</c>.</summary>
    public string Start { get; }

    public void Write(SourceWriter writer, string sum)
    {
        _sums.Write(writer, sum);
        _finish.Write(writer, sum);
    }
}
