using Plimsoll.Cli;

return await CommandLine.Run(args);
