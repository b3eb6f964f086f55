namespace HGQ.HlsEmit.Tests;

/// <summary>What stands in for a tool's commands in tclsh.</summary>
internal static class TclStubs
{
    /// <summary><c>known NAME {OPTIONS}</c> makes a command that prints itself; commands and options that are not known fail.</summary>
    public const string Recorder = """
        proc known {name options} {
          proc $name args "
            foreach word \$args {
              if {\[string match -* \$word] && !\[string match {* *} \$word] && \$word ni {$options}} {
                error \"$name does not know \$word\"
              }
            }
            puts \"$name \$args\"
          "
        }
        proc unknown args { error "no command [lindex $args 0]" }

        """;
}
