using System.Buffers;

namespace Plimsoll.Engine.Licences;

/// <summary>
/// A valid SPDX licence expression (SPDX 2.3, annex D), with identifiers as the list writes them and operators in capitals.
/// A reference into another document (<c>DocumentRef-</c>) is none: that document is not at hand.
/// </summary>
/// <param name="Tokens">Identifiers, <c>AND</c>, <c>OR</c>, <c>WITH</c> and parentheses.</param>
internal sealed record LicenceExpression(IReadOnlyList<string> Tokens)
{
    /// <summary>Longer than any expression that people write; what is longer is a text.</summary>
    const int Characters = 1000;

    public const string ReferencePrefix = "LicenseRef-";

    /// <summary>What an identifier of one's own may be made of (annex D.1, "idstring").</summary>
    public static SearchValues<char> IdString { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>Whether it is one identifier of the list and nothing else.</summary>
    public bool IsId => Tokens is [var one] && SpdxList.Licence(one) is not null;

    /// <summary>
    /// What <paramref name="text"/> says, in SPDX's words or in those of a distribution (<see cref="LicenceSpelling"/>); null when it says
    /// no licence that SPDX knows.
    /// </summary>
    public static LicenceExpression? Parse(string text)
    {
        if (text.Length > Characters)
            return null;
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (LicenceSpelling.Of(text) is { } whole)
            return new LicenceExpression(whole.Split(' '));

        var tokens = new List<string>();
        var (depth, operand) = (0, new List<string>());
        foreach (var word in Words(text))
        {
            var mark = word.ToUpperInvariant();
            if (mark is not ("AND" or "OR" or "(" or ")"))
            {
                operand.Add(word);
                continue;
            }
            // An operator and a closing parenthesis follow an operand; an opening one does not.
            if (mark == "(" ? operand.Count > 0 || EndsOperand(tokens) : !Take(operand, tokens))
                return null;
            depth += mark switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth < 0)
                return null;
            tokens.Add(mark);
        }
        return Take(operand, tokens) && depth == 0 ? new LicenceExpression(tokens) : null;
    }

    /// <summary>All of these together; null when there is none.</summary>
    public static LicenceExpression? All(IReadOnlyList<LicenceExpression> expressions) => expressions switch
    {
        [] => null,
        [var only] => only,
        _ => new LicenceExpression([.. expressions.SelectMany(one => one.InParentheses().Prepend("AND")).Skip(1)]),
    };

    public static bool IsReference(string text) => text.Length > ReferencePrefix.Length && text.StartsWith(ReferencePrefix, StringComparison.Ordinal)
        && text.AsSpan(ReferencePrefix.Length).IndexOfAnyExcept(IdString) < 0;

    public override string ToString() =>
        string.Join(' ', Tokens).Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal);

    static string[] Words(string text) => text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
        .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    IEnumerable<string> InParentheses() => Tokens.Contains("OR") ? ["(", .. Tokens, ")"] : Tokens;

    static bool EndsOperand(List<string> tokens) => tokens is [.., not ("AND" or "OR" or "(")];

    // Moves the words of one operand into the tokens, where there must be one now.
    static bool Take(List<string> operand, List<string> tokens)
    {
        if (operand.Count == 0)
            return tokens is [.., ")"];
        if (EndsOperand(tokens) || Operand(string.Join(' ', operand)) is not { } meant)
            return false;
        tokens.AddRange(new LicenceExpression(meant.Split(' ')).InParentheses());
        operand.Clear();
        return true;
    }

    // One licence, with an exception or without.
    static string? Operand(string text)
    {
        if (Licence(text) is { } licence)
            return licence;
        var with = text.IndexOf(" with ", StringComparison.OrdinalIgnoreCase);
        if (with < 0 || Licence(text[..with]) is not { } simple || simple.Contains(' ', StringComparison.Ordinal))
            return null;
        return LicenceSpelling.OfException(text[(with + " with ".Length)..]) is { } exception ? $"{simple} WITH {exception}" : null;
    }

    static string? Licence(string text) => LicenceSpelling.Of(text) ?? SpdxList.Licence(text) ?? (IsReference(text) ? text : null)
        ?? (text.EndsWith('+') && SpdxList.Licence(text[..^1]) is { } id ? id + "+" : null);
}
