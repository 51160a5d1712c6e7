using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets;

/// <summary>
/// A kind of secret. One of its keywords is in every text that holds one; only there, and never far from there, its expression is tried.
/// </summary>
/// <param name="Expression">
/// Matches the secret itself, or has it in the group <c>secret</c>. Begins with <c>\G</c>, the place of the keyword, unless the match may
/// begin before it (<see cref="Lead"/>). Every quantifier is bounded. Null when the variable's name tells, not the value.
/// </param>
/// <param name="Keywords">Three bytes of ASCII or more, in the case of the text unless the expression ignores case.</param>
internal sealed record SecretRule(string Id, string Title, Severity Severity, Regex? Expression = null, params IReadOnlyList<string> Keywords)
{
    /// <summary>How many characters of a text are looked at from the keyword on, unless a rule needs more.</summary>
    public const int UsualReach = 512;

    /// <summary>The longest <see cref="Reach"/>: an armoured private key.</summary>
    public const int LongestReach = 8 << 10;

    /// <summary>The longest <see cref="Lead"/>.</summary>
    public const int LongestLead = 256;

    /// <summary>How many characters before its keyword a match may begin.</summary>
    public int Lead { get; init; }

    /// <summary>How many characters from the start of the keyword a match may take.</summary>
    public int Reach { get; init; } = UsualReach;

    /// <summary>The least Shannon entropy of the secret, in bits per character.</summary>
    public double Entropy { get; init; }

    /// <summary>So unlike anything else that it is looked for in programs and other binary files too.</summary>
    public bool InBinary { get; init; }

    /// <summary>A private key. Libraries of cryptography have such of their own, for their self-tests.</summary>
    public bool IsKey { get; init; }

    /// <summary>A cheap look at the bytes from the keyword on, before the expression is tried; null where the keyword is rare enough.</summary>
    public Glance? Glance { get; init; }

    /// <summary>What no expression can say: that a value decodes to what it should be.</summary>
    public Func<Match, bool>? Holds { get; init; }

    /// <summary>Values of this rule that are no secrets, beside those that are none for any rule.</summary>
    public IReadOnlyList<AllowRule> Allows { get; init; } = [];

    /// <summary>The secret for the keyword at <paramref name="keyword"/>, in what surrounds it; null where there is none.</summary>
    public (int Start, int Length)? Match(ReadOnlySpan<char> text, int keyword)
    {
        foreach (var match in Expression!.EnumerateMatches(text, Math.Max(0, keyword - Lead)))
        {
            if (match.Index > keyword)
                return null;
            if (match.Index + match.Length <= keyword)
                continue;
            // Only here, where something is found, text is made: spans know no groups.
            var found = Expression.Match(text.ToString(), match.Index);
            var secret = SecretOf(found);
            return Shannon.BitsPerCharacter(secret.ValueSpan) < Entropy || Holds?.Invoke(found) == false ? null : (secret.Index, secret.Length);
        }
        return null;
    }

    /// <summary>The part of a match that is the secret.</summary>
    public static Group SecretOf(Match match) => match.Groups["secret"] is { Success: true } part ? part : match;
}

/// <summary>Whether a keyword at the start of <paramref name="text"/> deserves a closer look.</summary>
internal delegate bool Glance(ReadOnlySpan<byte> text);
