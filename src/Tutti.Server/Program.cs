using System.CommandLine;
using Tutti.Server.Commands;

var tutti = new RootCommand("Tutti, an API aggregation gateway: one request in, many calls out in parallel, one answer back.")
{
    ServeCommand.Create(),
    ImportCommand.Create(),
    ExportCommand.Create(),
    InvokeCommand.Create(),
    EnvCommand.Create(),
};
return await tutti.Parse(args).InvokeAsync();
