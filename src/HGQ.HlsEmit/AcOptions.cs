using HGQ.HlsEmit.Projects;

namespace HGQ.HlsEmit;

/// <summary>What belongs to AMD's tools and has no counterpart in a project of <c>ac_int</c> types.</summary>
internal static class AcOptions
{
    /// <summary>Refuses it by name.</summary>
    /// <exception cref="HlsOptionException">An option is one of AMD's tools.</exception>
    public static void Require(HlsOptions options)
    {
        Refuse(options.Bus != HlsBus.None, nameof(HlsOptions.Bus),
            $"The bus '{BusTop.Word(options.Bus)}' is a function for AMD's tools, and a project of ac types has none; leave it out, "
                + "and tie the ports to a bus in Catapult (Interface Synthesis), or take the types ap.");
        Refuse(options.WordBits is not null, nameof(HlsOptions.WordBits),
            "Words of a given size are those of a bus of AMD's tools, which a project of ac types does not have; leave them out.");
        Refuse(options.Tool != HlsTool.VitisHls, nameof(HlsOptions.Tool),
            "The tool 'vivado_hls' reads no ac types; leave it out (directives.tcl is for Catapult), or take the types ap.");
        Refuse(options.PortProtocol != HlsPortProtocol.Valid, nameof(HlsOptions.PortProtocol),
            "The port protocol 'ap_none' is a directive of AMD's tools; leave it out, and give the ports of an ac project their "
                + "components in Catapult (directive set /TOP/PORT:rsc -MAP_TO_MODULE).");
        Refuse(options.BlockProtocol != HlsBlockProtocol.Automatic, nameof(HlsOptions.BlockProtocol),
            $"The block protocol '{BusTop.Control(options)}' is one of AMD's tools; leave it out, and choose the handshake of an ac "
                + "project in Catapult (directive set -START_FLAG, -DONE_FLAG and so on).");
        Refuse(options is { PipelineStyle: HlsPipelineStyle.Dataflow, IoType: not HlsIoType.Stream }, nameof(HlsOptions.PipelineStyle),
            "The pipeline style 'dataflow' of arrays is a directive of AMD's tools; in an ac project layers work side by side with "
                + "streams (io type 'stream'). The right ones are: auto, pipeline, none.");
    }

    private static void Refuse(bool isAsked, string option, string message)
    {
        if (isAsked)
        {
            throw new HlsOptionException(option, message);
        }
    }
}
