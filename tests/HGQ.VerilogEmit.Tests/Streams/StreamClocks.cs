using System.Linq;
using System.Text.RegularExpressions;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Tests.Streams;

/// <summary>A bench that counts clocks of a stream whose sides never stall, and then sends a TLAST too early.</summary>
internal static class StreamClocks
{
    /// <summary>The bench of a project whose top module is <c>dut</c>.</summary>
    public static string Bench(VerilogProject project)
    {
        string top = project.Files["rtl/dut.v"];
        int[] highs = [.. new[] { "s_axis_tdata", "m_axis_tdata" }.Select(port =>
            int.Parse(Regex.Match(top, $@"\[(\d+):0\] {port}").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        return Invariant(
            $$"""
            module clocks;
              reg clk = 0, resetn = 0, early = 0;
              integer clock = 0, first = -1, position = 0, samples = 0, last = 0, before = 0, latency = 0;
              wire ready, valid, tlast, misaligned;
              wire [{{highs[1]}}:0] data;
              wire at_end = position == {{project.Streams!.Input.Count - 1}};
              dut dut (.aclk(clk), .aresetn(resetn), .s_axis_tdata({{highs[0] + 1}}'d0), .s_axis_tvalid(1'b1), .s_axis_tready(ready),
                .s_axis_tlast(at_end || early), .m_axis_tdata(data), .m_axis_tvalid(valid), .m_axis_tready(1'b1), .m_axis_tlast(tlast),
                .misaligned(misaligned));
              always #5 clk = ~clk;
              always @(negedge clk) resetn <= clock > 3;
              always @(posedge clk) begin
                clock <= clock + 1;
                if (ready && first < 0) first <= clock;
                if (ready) position <= at_end ? 0 : position + 1;
                if (valid && tlast) begin
                  samples <= samples + 1;
                  if (samples == 0) latency <= clock - first;
                  before <= last;
                  last <= clock;
                end
                if (samples == 6 && !early) begin
                  $write("latency %0d interval %0d misaligned %0d", latency, last - before, misaligned);
                  early <= 1;
                end
                if (samples == 8) begin
                  $display(" %0d", misaligned);
                  $finish;
                end
              end
            endmodule
            """);
    }
}
