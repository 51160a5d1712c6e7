using Plimsoll.Cli.Terminal;
using Plimsoll.Client;
using Plimsoll.Engine.Gates;

namespace Plimsoll.Cli.Server;

/// <summary>Prints a server's verdict.</summary>
internal static class Verdicts
{
    /// <summary>Returns the exit code.</summary>
    /// <param name="name">What the user calls the image.</param>
    public static int Write(VerdictBody verdict, string format, string name)
    {
        if (format == "json")
            ServerJson.Write(verdict);
        else
        {
            using var screen = Screen.OnStandardOutput();
            VerdictPage.Write(verdict with { Image = name }, screen);
        }
        return Enum.TryParse<Outcome>(verdict.Outcome, out var outcome) ? ExitCode.Of(outcome) : ExitCode.Undecided;
    }
}
