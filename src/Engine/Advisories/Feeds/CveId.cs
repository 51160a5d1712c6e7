using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>The number of a CVE record.</summary>
internal static partial class CveId
{
    public static bool Is(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"^CVE-[0-9]{4}-[0-9]{4,19}\z")]
    private static partial Regex Form();
}
