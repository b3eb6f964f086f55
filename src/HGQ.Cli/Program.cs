using System.CommandLine;

var root = new RootCommand("Train, inspect, verify and emit HGQ models.");
return root.Parse(args).Invoke();
