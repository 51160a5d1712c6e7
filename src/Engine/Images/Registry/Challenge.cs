using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>How a registry wants to be spoken to, from <c>WWW-Authenticate</c> (RFC 9110, 11.6.1; distribution, "Token Authentication").</summary>
internal sealed partial record Challenge(string Scheme, string? Realm, string? Service, string? Scope)
{
    /// <summary>The challenge that can be answered: Bearer before Basic; null when there is neither.</summary>
    public static Challenge? Of(HttpHeaderValueCollection<AuthenticationHeaderValue> headers)
    {
        var all = headers.Select(header => Of(header.Scheme, header.Parameter ?? "")).ToList();
        return all.Find(challenge => Is(challenge, "Bearer") && challenge.Realm is not null) ?? all.Find(challenge => Is(challenge, "Basic"));
    }

    public static Challenge Of(string scheme, string parameters)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Parameter().Matches(parameters))
            values.TryAdd(match.Groups["key"].Value, match.Groups["quoted"].Success ? QuotedPair().Replace(match.Groups["quoted"].Value, "$1") : match.Groups["plain"].Value);
        return new Challenge(scheme, values.GetValueOrDefault("realm"), values.GetValueOrDefault("service"), values.GetValueOrDefault("scope"));
    }

    static bool Is(Challenge challenge, string scheme) => challenge.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    // One parameter after another from the start, so that a name is read whole. Plain values are read as they come: some registries quote no realm.
    [GeneratedRegex("""\G[\s,]*(?<key>[A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^\s,"]+))(?=[\s,]|\z)""")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex QuotedPair();
}
