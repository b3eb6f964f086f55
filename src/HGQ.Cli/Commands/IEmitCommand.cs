namespace HGQ.Cli.Commands;

/// <summary>A verb below <c>hgq emit</c>.</summary>
internal interface IEmitCommand : ICommand;
