namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>Where a Dockerfile breaks a rule.</summary>
/// <param name="Text">What was seen, as a sentence without a full stop. Never a secret value.</param>
/// <param name="Start">Of the words that it is about.</param>
/// <param name="End">Behind the last of them.</param>
public sealed record Remark(string Text, TextPosition Start, TextPosition End)
{
    /// <summary>What to do here, where that says more than the rule's own remedy.</summary>
    public string? Remedy { get; init; }

    /// <summary>What mends it without another meaning of the file; empty where a person has to decide.</summary>
    public IReadOnlyList<TextEdit> Fix { get; init; } = [];

    public static Remark At(PlacedText words, string text) => new(text, words.Start, words.End);
}

/// <summary>A part of the file and what is to stand in its place.</summary>
public sealed record TextEdit(TextPosition Start, TextPosition End, string Text);
