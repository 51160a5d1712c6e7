using System.Reflection;
using System.Runtime.InteropServices;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll version</c>.</summary>
internal static class VersionVerb
{
    public static string Version { get; } =
        typeof(VersionVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static Verb Verb()
    {
        var verb = new Verb(VerbGroup.Rest, "version", "Prints the version.", ["plimsoll version"]);
        verb.SetAction(_ => Console.Out.WriteLine($"plimsoll {Version} {RuntimeInformation.RuntimeIdentifier}"));
        return verb;
    }
}
