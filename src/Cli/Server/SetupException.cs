namespace Plimsoll.Cli.Server;

/// <summary>What was set about the server or the token does not do. The message is one line that says what to do, and never holds a token.</summary>
internal sealed class SetupException(string message) : Exception(message);
