using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>Bits with weights 2^column and a constant, all modulo 2^columns: a sum that is not added up yet.</summary>
internal sealed class BitHeap
{
    private BigInteger _constant;

    /// <summary>Creates an empty heap.</summary>
    /// <param name="columns">Number of columns; bits of higher ones vanish.</param>
    /// <param name="dropped">Lowest columns whose sum nobody reads.</param>
    public BitHeap(int columns, int dropped)
    {
        Dropped = dropped;
        Columns = new List<HeapBit>[columns];
        for (var column = 0; column < columns; column++)
        {
            Columns[column] = new List<HeapBit>();
        }
    }

    /// <summary>Lowest columns whose sum nobody reads.</summary>
    public int Dropped { get; }

    /// <summary>The bits of each column.</summary>
    public List<HeapBit>[] Columns { get; }

    /// <summary>Bits of the tallest column.</summary>
    public int Tallest => Columns.Select(column => column.Count).DefaultIfEmpty(0).Max();

    /// <summary>The lowest level of a bit.</summary>
    public int FirstLevel => Columns.SelectMany(column => column).Select(bit => bit.Level).DefaultIfEmpty(0).Min();

    /// <summary>Adds a constant.</summary>
    public void Add(BigInteger constant) => _constant += constant;

    /// <summary>Adds a bit, or subtracts it: −b = (1 − b) − 1.</summary>
    /// <param name="literal">The bit; constants go into the constant.</param>
    /// <param name="level">The level from which on it is there.</param>
    /// <param name="column">Its weight's exponent.</param>
    /// <param name="subtract">Whether it is subtracted.</param>
    public void Add(int literal, int level, int column, bool subtract)
    {
        if (column >= Columns.Length)
        {
            return;
        }

        if (subtract)
        {
            _constant -= BigInteger.One << column;
            literal ^= 1;
        }

        if (literal < 2)
        {
            _constant += (BigInteger)literal << column;
        }
        else
        {
            Columns[column].Add(new HeapBit(literal, level));
        }
    }

    /// <summary>Takes the constant out.</summary>
    public BigInteger TakeConstant()
    {
        var constant = _constant;
        _constant = BigInteger.Zero;
        return constant;
    }

    /// <summary>The heap of −1 − sum: every result bit inverted.</summary>
    public BitHeap Inverted()
    {
        var inverted = new BitHeap(Columns.Length, Dropped);
        inverted.Add(-_constant - 1);
        for (var column = 0; column < Columns.Length; column++)
        {
            foreach (var bit in Columns[column])
            {
                inverted.Add(bit.Literal, bit.Level, column, subtract: true);
            }
        }

        return inverted;
    }

    /// <summary>The constant as 0 or 1 a column.</summary>
    public byte[] Constants()
    {
        var constants = new byte[Columns.Length];
        var rest = BigInteger.Remainder(_constant, BigInteger.One << Columns.Length);
        rest = rest.Sign < 0 ? rest + (BigInteger.One << Columns.Length) : rest;
        for (var column = 0; column < constants.Length; column++)
        {
            constants[column] = (byte)((rest >> column).IsEven ? 0 : 1);
        }

        return constants;
    }

    /// <summary>The heap in counts, which must fit a byte.</summary>
    public HeapProblem Problem()
    {
        int firstLevel = FirstLevel, lastLevel = Columns.SelectMany(column => column).Select(bit => bit.Level).DefaultIfEmpty(0).Max();
        var arrivals = new byte[lastLevel - firstLevel + 1][];
        var plain = new byte[arrivals.Length][];
        for (var level = 0; level < arrivals.Length; level++)
        {
            arrivals[level] = new byte[Columns.Length];
            plain[level] = new byte[Columns.Length];
        }

        for (var column = 0; column < Columns.Length; column++)
        {
            foreach (var bit in Columns[column])
            {
                arrivals[bit.Level - firstLevel][column]++;
                plain[bit.Level - firstLevel][column] += (byte)((bit.Literal & 1) ^ 1);
            }
        }

        return new HeapProblem(Columns.Length, Math.Min(Dropped, Columns.Length), arrivals, plain, Constants());
    }
}
