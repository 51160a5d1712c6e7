using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll version</c>.</summary>
internal static class VersionVerb
{
    public static string Version { get; } = typeof(VersionVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static Command Verb()
    {
        var verb = new Command("version", "Prints the version.");
        verb.SetAction(_ => Console.Out.WriteLine($"plimsoll {Version} {RuntimeInformation.RuntimeIdentifier}"));
        return verb;
    }
}
