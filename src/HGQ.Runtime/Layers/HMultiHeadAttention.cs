using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Layers;

/// <summary>
/// Multi-head attention: softmax(Q·Kᵀ/√d)·V in each head between dense projections, all of quantized layers. One input: self-attention; two:
/// queries from the first, keys and values from the second; three: queries, keys, values. Inputs are [batch, positions, features].
/// </summary>
/// <remarks>
/// Its parts are <c>query</c>, <c>key</c>, <c>value</c>, <c>scores</c>, <c>softmax</c> (and that layer's parts), <c>mixed</c>, the output projection, which has
/// the block's name, and reshapes and permutations (<c>…_split</c>, <c>…_heads</c>), which become index maps.
/// </remarks>
public sealed class HMultiHeadAttention : HBlock
{
    private readonly AttentionOptions _options;
    private readonly HSoftmax _softmax;

    /// <summary>An attention block.</summary>
    /// <param name="options">Its arguments.</param>
    /// <param name="name">Unique in its model.</param>
    public HMultiHeadAttention(AttentionOptions options, string? name = null)
        : base(name, options?.Beta ?? 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var size in new[] { options.Heads, options.KeyDim, options.ValueDim ?? 1, options.OutputDim ?? 1 }.Where(static n => n < 1))
        {
            throw new ArgumentException($"The layer {Label} has the size {size}; heads and dimensions must be at least 1.", nameof(options));
        }

        _options = options;
        _softmax = new HSoftmax(options.Softmax with { Axis = -1, InputScale = 1 / Math.Sqrt(options.KeyDim), Beta = options.Beta });
    }

    /// <summary>Its arguments.</summary>
    public AttentionOptions Options => _options;

    /// <inheritdoc/>
    protected internal override (int Min, int Max) InputCount => (1, 3);

    /// <inheritdoc/>
    protected override HLayer Compose(IReadOnlyList<HLayer> inputs)
    {
        var (query, key, value) = (inputs[0], inputs[inputs.Count > 1 ? 1 : 0], inputs[^1]);
        RequireShapes(query.OutputShape, key.OutputShape, value.OutputShape);
        var valueDim = _options.ValueDim ?? _options.KeyDim;
        var queries = Heads("query", query, _options.KeyDim, _options.UseBias, _options.Query, [2, 1, 3]);
        var keys = Heads("key", key, _options.KeyDim, false, _options.Key, [2, 3, 1]);
        var values = Heads("value", value, valueDim, _options.UseBias, _options.Value, [2, 1, 3]);
        var scores = Part("scores", new HMatMul(Beta, _options.Scores), queries, keys);
        var mixed = Part("mixed", new HMatMul(Beta, _options.Mixed), Part("softmax", _softmax, scores), values);
        var positions = Part("mixed_heads", new PPermute([2, 1, 3]), mixed);
        var joined = Part("mixed_join", new PReshape([query.OutputShape[0], _options.Heads * valueDim]), positions);
        return Part("", Projection(_options.OutputDim ?? query.OutputShape[1], _options.UseBias, _options.Output), joined);
    }

    // [positions, features] → [heads, positions, size], or transposed for keys.
    private HLayer Heads(string role, HLayer input, long size, bool useBias, DenseQuantizers quantizers, int[] order)
    {
        var projected = Part(role, Projection(_options.Heads * size, useBias, quantizers), input);
        var split = Part($"{role}_split", new PReshape([input.OutputShape[0], _options.Heads, size]), projected);
        return Part($"{role}_heads", new PPermute(order), split);
    }

    private HDense Projection(long units, bool useBias, DenseQuantizers quantizers) =>
        new(units, beta: Beta, useBias: useBias, kq: quantizers.Kq, paq: quantizers.Paq, bq: quantizers.Bq);

    private void RequireShapes(IReadOnlyList<long> query, IReadOnlyList<long> key, IReadOnlyList<long> value)
    {
        if (query.Count != 2 || key.Count != 2 || value.Count != 2 || key[0] != value[0])
        {
            throw new ArgumentException(
                $"The layer {Label} takes queries, keys and values of [positions, features], as many keys as values; it was given [{string.Join(", ", query)}], [{string.Join(", ", key)}] and [{string.Join(", ", value)}].",
                nameof(query));
        }
    }
}
