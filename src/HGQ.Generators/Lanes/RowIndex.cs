using HGQ.Generators.Text;

namespace HGQ.Generators.Lanes;

/// <summary>Which element of a buffer: a variable of the generated code plus a constant.</summary>
/// <param name="Variable">An expression of type <c>int</c>, or an empty string.</param>
/// <param name="Constant">What is added to it.</param>
internal readonly record struct RowIndex(string Variable, int Constant)
{
    public static implicit operator RowIndex(int constant) => new(string.Empty, constant);

    public static implicit operator RowIndex(string variable) => new(variable, 0);

    /// <summary>First entry of the element's row among rows of <paramref name="lanes"/> entries.</summary>
    public string Offset(int lanes)
    {
        if (Variable.Length == 0)
        {
            return Literal.Of(Constant * lanes);
        }

        string sum = Constant == 0 ? Variable : $"{Variable} + {Literal.Of(Constant)}";
        return lanes == 1 ? sum : Constant == 0 && IsName ? $"{sum} * {Literal.Of(lanes)}" : $"({sum}) * {Literal.Of(lanes)}";
    }

    private bool IsName => Variable.IndexOf(' ') < 0;
}
