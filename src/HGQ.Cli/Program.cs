using System.Globalization;
using HGQ.Cli;

// Numbers are printed and read alike on every machine (cli.md, rule 4); the libraries do so anyway, this is for everything else.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

return await HgqCommandLine.RunAsync(args);
