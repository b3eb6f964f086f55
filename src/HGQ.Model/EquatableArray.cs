using System;
using System.Collections;
using System.Collections.Generic;

namespace HGQ.Model;

/// <summary>An immutable array that compares by content, so that records holding one are values.</summary>
/// <remarks>
/// Incremental generators cache on equality: every sequence of the model and of the program is one of these.
/// The array passed in is owned from then on and must not be changed by the caller.
/// </remarks>
/// <typeparam name="T">Element type; compared with its default comparer.</typeparam>
public readonly struct EquatableArray<T> : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
{
    private readonly T[]? _items;

    /// <summary>Wraps <paramref name="items"/> without copying.</summary>
    public EquatableArray(T[] items) => _items = items;

    /// <summary>The array without elements.</summary>
    public static EquatableArray<T> Empty => default;

    /// <summary>Number of elements.</summary>
    public int Length => _items?.Length ?? 0;

    int IReadOnlyCollection<T>.Count => Length;

    /// <summary>Element <paramref name="index"/>, counted from 0.</summary>
    public T this[int index] => Items[index];

    /// <summary>The elements as the array that is held; callers must not write to it.</summary>
    internal T[] Items => _items ?? Array.Empty<T>();

    /// <summary>Wraps an array.</summary>
    public static implicit operator EquatableArray<T>(T[] items) => new(items);

    /// <summary>Compares element by element.</summary>
    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    /// <summary>Compares element by element.</summary>
    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);

    /// <summary>A fresh copy of the elements.</summary>
    public T[] ToArray() => (T[])Items.Clone();

    /// <inheritdoc/>
    public bool Equals(EquatableArray<T> other)
    {
        T[] left = Items, right = other.Items;
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left.Length != right.Length)
        {
            return false;
        }

        var comparer = EqualityComparer<T>.Default;
        for (var i = 0; i < left.Length; i++)
        {
            if (!comparer.Equals(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var comparer = EqualityComparer<T>.Default;
        var hash = 17;
        foreach (var item in Items)
        {
            hash = unchecked((hash * 31) + (item is null ? 0 : comparer.GetHashCode(item)));
        }

        return hash;
    }

    /// <summary>Enumerates without allocation.</summary>
    public Enumerator GetEnumerator() => new(Items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();

    /// <summary>Allocation-free enumerator.</summary>
    public struct Enumerator
    {
        private readonly T[] _items;
        private int _index;

        internal Enumerator(T[] items)
        {
            _items = items;
            _index = -1;
        }

        /// <summary>The current element.</summary>
        public readonly T Current => _items[_index];

        /// <summary>Steps to the next element.</summary>
        public bool MoveNext() => ++_index < _items.Length;
    }
}
