using System;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>Writes the loops of <see cref="VectorLoops"/> for vectors of one width.</summary>
internal sealed class VectorExpressions
{
    private readonly Type _type;
    private readonly int _lanes;
    private readonly ParameterExpression _steps = Expression.Parameter(typeof(BitOperation[]), "steps");
    private readonly ParameterExpression _first = Expression.Parameter(typeof(int), "first");
    private readonly ParameterExpression _end = Expression.Parameter(typeof(int), "end");
    private readonly ParameterExpression _words = Expression.Parameter(typeof(ulong[]), "words");
    private readonly MethodInfo _load;
    private readonly MethodInfo _store;

    /// <summary>Writes for a type of vectors.</summary>
    /// <param name="type">The static class with their operations.</param>
    /// <param name="lanes">Words of a vector.</param>
    public VectorExpressions(Type type, int lanes)
    {
        _type = type;
        _lanes = lanes;
        _load = Method("LoadUnsafe", 1);
        _store = Method("StoreUnsafe", 2);
    }

    /// <summary>The loop of a kind of step; null where it is computed sample by sample.</summary>
    public VectorLoops.Loop? Loop(BitOperationKind kind)
    {
        if (kind is BitOperationKind.Rom or BitOperationKind.Multiply)
        {
            return null;
        }

        // The first word of each row that a step names.
        var rows = new[] { "A", "B", "C", "To", "Carry" }.Select(name => Expression.Variable(typeof(int), name)).ToArray();
        var step = Expression.ArrayAccess(_steps, _first);
        var found = rows.Select(row => (Expression)Expression.Assign(
            row, Expression.Multiply(Expression.Field(step, row.Name!), Expression.Constant(VectorLoops.Words))));
        var computed = Enumerable.Range(0, VectorLoops.Words / _lanes).Select(n => Step(kind, rows, n * _lanes));
        var body = Expression.Block(rows, found.Concat(computed).Append(Expression.PreIncrementAssign(_first)));
        var behind = Expression.Label();
        var loop = Expression.Loop(Expression.IfThenElse(Expression.LessThan(_first, _end), body, Expression.Break(behind)), behind);
        return Expression.Lambda<VectorLoops.Loop>(loop, _steps, _first, _end, _words).Compile();
    }

    // A row may be written that is also read: both results are there before one of them is written.
    private Expression Step(BitOperationKind kind, ParameterExpression[] rows, int offset)
    {
        Expression a = Load(rows[0], offset), b = Load(rows[1], offset), c = Load(rows[2], offset);
        if (kind is not (BitOperationKind.Position or BitOperationKind.PositionNot))
        {
            return Store(Result(kind, a, b, c), rows[3], offset);
        }

        BitOperationKind select = kind == BitOperationKind.Position ? BitOperationKind.Select : BitOperationKind.SelectNot;
        ParameterExpression sum = Expression.Variable(a.Type), carry = Expression.Variable(a.Type);
        return Expression.Block(
            [sum, carry],
            Expression.Assign(sum, Call("Xor", a, b)),
            Expression.Assign(carry, Result(select, a, b, c)),
            Store(carry, rows[4], offset),
            Store(sum, rows[3], offset));
    }

    private Expression Result(BitOperationKind kind, Expression a, Expression b, Expression c) => kind switch
    {
        BitOperationKind.Copy => a,
        BitOperationKind.Not => Call("OnesComplement", a),
        BitOperationKind.And => Call("BitwiseAnd", a, b),
        BitOperationKind.AndNot => Call("AndNot", a, b),
        BitOperationKind.Or => Call("BitwiseOr", a, b),
        BitOperationKind.OrNot => Call("BitwiseOr", a, Call("OnesComplement", b)),
        BitOperationKind.Xor => Call("Xor", a, b),
        BitOperationKind.XorOfThree => Call("Xor", Call("Xor", a, b), c),
        BitOperationKind.Select => Call("ConditionalSelect", a, b, c),
        BitOperationKind.SelectNot => Call("ConditionalSelect", a, Call("OnesComplement", b), c),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such step."),
    };

    private Expression Load(Expression row, int offset) => Expression.Call(_load, First(row, offset));

    private Expression Store(Expression vector, Expression row, int offset) => Expression.Call(_store, vector, First(row, offset));

    // Rows are as long as several whole vectors: where the first word is in the array, the others are.
    private Expression First(Expression row, int offset) =>
        Expression.ArrayAccess(_words, Expression.Add(row, Expression.Constant(offset)));

    private Expression Call(string name, params Expression[] operands) => Expression.Call(Method(name, operands.Length), operands);

    private MethodInfo Method(string name, int parameters) => _type.GetMethods()
        .Single(method => method.Name == name && method.IsGenericMethodDefinition && method.GetParameters().Length == parameters)
        .MakeGenericMethod(typeof(ulong));
}
