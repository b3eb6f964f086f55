using System;
using System.Linq;
using HGQ.Model;

namespace HGQ.HlsEmit.Layout;

/// <summary>Finds out whether element-wise work repeats from position to position, so that a loop can do it.</summary>
internal static class LoopFinder
{
    /// <summary>Whether values repeat after <paramref name="period"/> elements.</summary>
    public static bool Repeats<T>(EquatableArray<T> values, int period) where T : notnull
    {
        for (var e = period; e < values.Length; e++)
        {
            if (!values[e].Equals(values[e - period]))
            {
                return false;
            }
        }

        return true;
    }

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
