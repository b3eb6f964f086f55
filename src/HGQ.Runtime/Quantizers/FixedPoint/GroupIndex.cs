using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Quantizers;

/// <summary>Which group an element of a tensor belongs to, row-major; the map repeats with every sample where the batch is shared.</summary>
internal sealed class GroupIndex
{
    private readonly int[] _map;

    private GroupIndex(int[] map) => _map = map;

    /// <summary>The map from a tensor's elements to the elements of its parameters.</summary>
    /// <param name="parameters">Shape of the parameters, 1 where shared.</param>
    /// <param name="tensor">Shape of the tensor.</param>
    public static GroupIndex Of(IReadOnlyList<long> parameters, IReadOnlyList<long> tensor)
    {
        if (parameters.Count != tensor.Count)
        {
            throw new ArgumentException($"A quantizer for [{string.Join(",", parameters)}] can't quantize [{string.Join(",", tensor)}].", nameof(tensor));
        }

        bool batchShared = parameters.Count > 0 && parameters[0] == 1;
        long[] repeated = batchShared ? [1, .. tensor.Skip(1)] : [.. tensor];
        return new GroupIndex(FixedPointBits.BroadcastIndices(parameters, repeated));
    }

    /// <summary>Group of an element.</summary>
    public int this[int element] => _map[_map.Length == 1 ? 0 : element % _map.Length];
}
