using System;
using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;

namespace HGQ.Import.Onnx;

/// <summary>Moves of elements, and the small arithmetic of shapes that exporters leave in the graph.</summary>
internal static class OnnxShapes
{
    public static OnnxValue Flatten(OnnxTask task)
    {
        int axis = task.Integer("axis", 1);
        TensorValue value = task.Tensor(0);
        return axis == 1 || axis == -value.Shape.Rank
            ? OnnxTask.Of(task.Draft.Reshape(value, task.Name, [value.Shape.Size]))
            : throw task.Refuse($"it flattens from axis {axis}; from axis 1, behind the batch, can be imported");
    }

    public static OnnxValue Reshape(OnnxTask task)
    {
        int[] shape = task.Optional(1, "shape")?.Integers(task.Name, "shape") ?? task.Integers("shape")
            ?? throw task.Refuse("it has no shape");
        if (task.IsConstant(0))
        {
            return OnnxTask.Of(task.Constant(0, "input").Reshape(shape, task.Name));
        }

        TensorValue value = task.Tensor(0);
        int[] source = [1, .. value.SourceShape];
        int[] sizes = [.. shape.Select((size, axis) => size == 0 && axis < source.Length ? source[axis] : size)];
        long known = sizes.Where(static size => size != -1).Aggregate(1L, static (a, b) => Math.Min(a * Math.Max(0, b), int.MaxValue));
        if (known == 0 || sizes.Count(static size => size == -1) > 1 || sizes.Any(static size => size < -1))
        {
            throw task.Refuse($"its shape [{string.Join(", ", shape)}] is none");
        }

        sizes = [.. sizes.Select(size => size == -1 ? (int)(value.Shape.Size / known) : size)];
        return sizes.Length > 1 && sizes[0] == 1
            ? OnnxTask.Of(task.Draft.Reshape(value, task.Name, sizes[1..]))
            : throw task.Refuse($"its shape [{string.Join(", ", shape)}] does not keep the batch as the first axis");
    }

    public static OnnxValue Transpose(OnnxTask task)
    {
        int rank = task.IsConstant(0) ? task.Constant(0, "input").Shape.Length : task.Tensor(0).Shape.Rank + 1;
        int[] axes = task.Integers("perm") ?? [.. Enumerable.Range(0, rank).Reverse()];
        if (!axes.Order().SequenceEqual(Enumerable.Range(0, rank)))
        {
            throw task.Refuse($"its perm [{string.Join(", ", axes)}] is no permutation of {rank} axes");
        }

        return task.IsConstant(0) ? OnnxTask.Of(task.Constant(0, "input").Transpose(axes))
            : axes[0] == 0 ? OnnxTask.Of(task.Draft.Permute(task.Tensor(0), task.Name, [.. axes.Skip(1).Select(static axis => axis - 1)]))
            : throw task.Refuse("it moves the batch");
    }

    public static OnnxValue Squeeze(OnnxTask task)
    {
        bool adds = task.Node.OpType == "Unsqueeze";
        int[]? axes = task.Integers("axes") ?? task.Optional(1, "axes")?.Integers(task.Name, "axes");
        bool constant = task.IsConstant(0);
        int[] shape = constant ? task.Constant(0, "input").Shape : [1, .. task.Tensor(0).SourceShape];
        int rank = shape.Length + (adds ? axes?.Length ?? 0 : 0);
        int[] counted = [.. (
            axes ?? [.. Enumerable.Range(constant ? 0 : 1, shape.Length - (constant ? 0 : 1)).Where(axis => shape[axis] == 1)]).Select(
            axis => axis < 0 ? axis + rank : axis)];
        if (counted.Any(axis => axis < 0 || axis >= rank || (!adds && shape[axis] != 1)) || counted.Distinct().Count() != counted.Length
            || (!constant && counted.Contains(0)))
        {
            throw task.Refuse($"its axes [{string.Join(", ", counted)}] do not fit [{string.Join(", ", shape)}]");
        }

        var left = new System.Collections.Generic.Queue<int>(shape.Where((_, axis) => adds || !counted.Contains(axis)));
        int[] sizes = adds ? [.. Enumerable.Range(0, rank).Select(axis => counted.Contains(axis) ? 1 : left.Dequeue())] : [.. left];
        return constant
            ? OnnxTask.Of(task.Constant(0, "input") with { Shape = sizes })
            : OnnxTask.Of(task.Draft.Reshape(
                task.Tensor(0), task.Name, sizes.Length > 1 ? sizes[1..] : throw task.Refuse("it leaves nothing but the batch")));
    }

    public static OnnxValue Concat(OnnxTask task)
    {
        int count = task.Inputs.Count, axis = task.Integer("axis", 0);
        if (Enumerable.Range(0, count).All(task.IsConstant))
        {
            OnnxConstant[] parts = [.. Enumerable.Range(0, count).Select(n => task.Constant(n, "operand"))];
            return parts.All(static part => part.Shape.Length == 1)
                ? OnnxTask.Of(new OnnxConstant(
                    [parts.Sum(static part => part.Values.Length)], [.. parts.SelectMany(static part => part.Values)]))
                : throw task.Refuse("it joins constants that are no lists");
        }

        TensorValue[] values = [.. Enumerable.Range(0, count).Select(task.Tensor)];
        int inner = task.Axis(axis, values[0]);

        // Channels that are all last here are joined there.
        if (values.All(static v => v.ChannelsFirst))
        {
            int rank = values[0].Shape.Rank;
            return OnnxTask.Of(task.Draft.Concatenate(values, task.Name, inner == 0 ? rank - 1 : inner - 1));
        }

        return OnnxTask.Of(task.Draft.Concatenate(
            [.. values.Select(value => task.Draft.InSourceOrder(value, task.Name))], task.Name, inner));
    }

    public static OnnxValue Shape(OnnxTask task)
    {
        int[] shape = task.IsConstant(0) ? task.Constant(0, "input").Shape : [1, .. task.Tensor(0).SourceShape];
        return OnnxTask.Of(new OnnxConstant([shape.Length], [.. shape.Select(static size => (Rational)size)]));
    }

    public static OnnxValue Gather(OnnxTask task)
    {
        OnnxConstant from = task.Constant(0, "input"), indices = task.Constant(1, "indices");
        if (from.Shape.Length != 1 || task.Integer("axis", 0) != 0)
        {
            throw task.Refuse("it takes elements of something else than a list of constants");
        }

        int[] at = [.. indices.Integers(task.Name, "indices").Select(index => index < 0 ? index + from.Values.Length : index)];
        return at.All(index => index >= 0 && index < from.Values.Length)
            ? OnnxTask.Of(new OnnxConstant(indices.Shape, [.. at.Select(index => from.Values[index])]))
            : throw task.Refuse("an index lies outside of its list");
    }

    public static OnnxValue Slice(OnnxTask task)
    {
        OnnxConstant from = task.Constant(0, "input");
        int first = (task.Optional(1, "starts")?.Integers(task.Name, "starts") ?? task.Integers("starts") ?? [0])[0];
        int last = (task.Optional(2, "ends")?.Integers(task.Name, "ends") ?? task.Integers("ends") ?? [from.Values.Length])[0];
        int length = from.Values.Length;
        first = Math.Clamp(first < 0 ? first + length : first, 0, length);
        last = Math.Clamp(last < 0 ? last + length : last, first, length);
        return from.Shape.Length == 1 ? OnnxTask.Of(new OnnxConstant([last - first], from.Values[first..last]))
            : throw task.Refuse("it cuts something else than a list of constants");
    }

    /// <summary>A node that leaves its input as it is.</summary>
    public static OnnxValue Same(OnnxTask task) => task.Inputs.Count > 0 && task.Inputs[0] is { } value ? value
        : throw task.Refuse("it reads nothing");

    public static OnnxValue Constant(OnnxTask task)
    {
        if (task.Attribute("value") is { T: not null } value)
        {
            return OnnxTask.Of(OnnxFile.Tensor(value.T));
        }

        return task.Attribute("value_float") is not null ? OnnxTask.Of(new OnnxConstant([], [task.Real("value_float", 0)]))
            : task.Attribute("value_int") is { } whole ? OnnxTask.Of(new OnnxConstant([], [whole.I]))
            : task.Attribute("value_ints") is { } list
                ? OnnxTask.Of(new OnnxConstant([list.Ints.Count], [.. list.Ints.Select(static i => (Rational)i)]))
            : throw task.Refuse("its value is of a kind that is not read");
    }
}
