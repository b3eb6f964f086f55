namespace HGQ.Model.Hardware.Drafting;

/// <summary>
/// A bit of a netlist under construction as a number: twice its signal, plus one where it is read inverted. 0 and 1 are the
/// constants. Inversions vanish in the LUTs that read them.
/// </summary>
internal static class Literal
{
    public const int Zero = 0;
    public const int One = 1;

    /// <summary>Stands for a bit that nobody reads.</summary>
    public const int Unread = -1;

    public static int Of(int signal) => signal * 2;

    public static int SignalOf(int literal) => literal >> 1;

    public static bool IsInverted(int literal) => (literal & 1) != 0;

    public static bool IsConstant(int literal) => literal is Zero or One;

    public static int Not(int literal) => literal ^ 1;
}
