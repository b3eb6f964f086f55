using HGQ.HlsEmit.Projects;

namespace HGQ.HlsEmit.Reporting;

/// <summary>
/// LUTs of the function around a model that ties it to a bus: what chooses an element of a word, or the words of a sample, by their number.
/// Registers that take a word in turn cost a LUT a word for their enable. Word after word needs no LUT but that; packed ports are wiring.
/// </summary>
internal static class BusCost
{
    /// <summary>LUTs of an input port.</summary>
    /// <param name="port">How its elements stand in words.</param>
    /// <param name="streams">Whether they go on one by one.</param>
    /// <param name="channels">Elements that go on together.</param>
    public static long Input(BusPort port, bool streams, int channels) =>
        streams ? Chosen(port.Port.Width, port.Lanes) + Enables(channels) : Enables(port.Words);

    /// <summary>LUTs of an output port.</summary>
    /// <param name="port">How its elements stand in words.</param>
    /// <param name="streams">Whether they come one by one.</param>
    /// <param name="channels">Elements that come together.</param>
    public static long Output(BusPort port, bool streams, int channels) =>
        streams ? Chosen(port.Port.Width, channels) + Enables(port.Lanes) : Chosen(port.Port.Width * port.Lanes, port.Words);

    private static int Enables(int count) => count == 1 ? 0 : count;

    private static long Chosen(int bits, int inputs)
    {
        var cost = new LayerCost();
        cost.CountMultiplexer(bits, inputs);
        return cost.MultiplexerLuts;
    }
}
