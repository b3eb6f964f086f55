using System;
using System.Linq;

namespace HGQ.HlsEmit.Layout;

/// <summary>Finds the loops of element-wise work that repeats from position to position.</summary>
internal static class LoopFinder
{
    /// <summary>The loop of an element-wise instruction, or none; and how many elements its body has.</summary>
    public static (PositionLoop Loop, int Elements) ElementWise(Func<int, bool> repeats, params (BufferWires Wires, string Variable)[] buffers)
    {
        var length = buffers[0].Wires.Length;
        var body = buffers.Select(b => b.Wires.Period).Aggregate(1, Lcm);
        if (body < length && repeats(body))
        {
            var offsets = PositionLoop.Strided(length / body, body);
            if (PositionLoop.Try(length / body, buffers.Select(b => (b.Wires, b.Variable, offsets)).ToArray()) is { } loop)
            {
                return (loop, body);
            }
        }

        return (PositionLoop.None(buffers), length);
    }

    private static int Lcm(int a, int b) => a / Gcd(a, b) * b;

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
