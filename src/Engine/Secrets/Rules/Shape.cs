using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Secrets.Rules;

/// <summary>Parts that the expressions of rules are put together from.</summary>
internal static class Shape
{
    /// <summary>Where a match begins: at the keyword, and no word goes on there.</summary>
    public const string Start = "\\G(?<![A-Za-z0-9_])";

    /// <summary>The same, where a hyphen would make it part of a longer name.</summary>
    public const string StartOfWord = "\\G(?<![A-Za-z0-9_-])";

    public const string End = "(?![A-Za-z0-9_])";

    public const string EndOfWord = "(?![A-Za-z0-9_-])";

    /// <summary>
    /// Between the name of a variable and its value: <c>NAME=</c>, <c>"name": "</c>, <c>NAME => '</c>, <c>ENV NAME value</c>,
    /// <c>environ["NAME"] = "</c>, <c>("NAME", "</c>, and <c>- name: NAME, value: </c> of Kubernetes and ECS.
    /// </summary>
    public const string Set = "['\"]?(?:[\\])]?\\s{0,4}(?:=>|:=|[:=,])|(?:,\\s{0,24}|\\s{1,24})['\"]?value['\"]?\\s{0,4}[:=]| )\\s{0,4}['\"]?";

    public const RegexOptions AnyCase = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    public const string Uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
}
