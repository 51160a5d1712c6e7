using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Packages.Go;

/// <summary>
/// The version of a program's own module. <c>go install</c> and Go 1.24 write it; an older <c>go build</c> writes "(devel)", and the version has to come
/// from what else the build recorded: <c>docs/packages/go.md</c> has the rule.
/// </summary>
internal static partial class MainVersion
{
    const string PseudoWithoutTag = "v0.0.0-";

    public static string Of(Module main, IReadOnlyDictionary<string, string> settings)
    {
        if (main.Version != ModuleText.Development && !main.Version.StartsWith(PseudoWithoutTag, StringComparison.Ordinal))
            return main.Version;
        return Linked(main, settings) ?? (main.Version == ModuleText.Development ? Pseudo(main, settings) : null) ?? main.Version;
    }

    /// <summary>What <c>-ldflags "-X main.version=1.2.3"</c> wrote into a version variable of this very module, if all such variables agree.</summary>
    static string? Linked(Module main, IReadOnlyDictionary<string, string> settings)
    {
        var versions = Words(settings.GetValueOrDefault("-ldflags", ""))
            .Select(word => Variable().Match(word)).Where(variable => variable.Success && IsOf(main, variable.Groups["package"].Value))
            .Select(variable => "v" + variable.Groups["version"].Value).Distinct(StringComparer.Ordinal).Take(2).ToList();
        return versions is [var version] ? version : null;
    }

    static bool IsOf(Module main, string package) =>
        package == "main" || package.StartsWith(main.Name, StringComparison.Ordinal) && (package.Length == main.Name.Length || package[main.Name.Length] == '/');

    /// <summary>The version that Go gives to a commit without a tag (Go Modules Reference, "Pseudo-versions"), from the commit that it recorded.</summary>
    static string? Pseudo(Module main, IReadOnlyDictionary<string, string> settings)
    {
        if (!Revision().IsMatch(settings.GetValueOrDefault("vcs.revision", ""))
            || !DateTimeOffset.TryParseExact(settings.GetValueOrDefault("vcs.time"), "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time))
            return null;
        var major = Major().Match(main.Name) is { Success: true } suffix ? suffix.Groups[1].Value : "0";
        var dirty = settings.GetValueOrDefault("vcs.modified") == "true" ? "+dirty" : "";
        return string.Create(CultureInfo.InvariantCulture, $"v{major}.0.0-{time:yyyyMMddHHmmss}-{settings["vcs.revision"][..12]}{dirty}");
    }

    /// <summary>The arguments of a command line: quotes hold together what spaces would part.</summary>
    static IEnumerable<string> Words(string line)
    {
        var word = new StringBuilder();
        var quote = '\0';
        foreach (var c in line)
            if (quote == '\0' && c is '\'' or '"')
                quote = c;
            else if (c == quote)
                quote = '\0';
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                yield return word.ToString();
                word.Clear();
            }
            else
                word.Append(c);
        yield return word.ToString();
    }

    [GeneratedRegex(@"^(?:--?X=)?(?<package>[^=\s]+)\.(?:app|build|git|release)?_?version=v?(?<version>(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})(?:-[0-9A-Za-z.-]{1,128})?(?:\+[0-9A-Za-z.-]{1,128})?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^[0-9a-f]{12,64}\z")]
    private static partial Regex Revision();

    [GeneratedRegex(@"/v([2-9]|[1-9]\d{1,8})\z")]
    private static partial Regex Major();
}
