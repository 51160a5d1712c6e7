using System.Text.Json;

namespace Plimsoll.Engine.Advisories.Records;

/// <summary>
/// Reads a record property by property: no tree of it is built, and what is not asked for costs nothing. Unlike the evidence of packages, a
/// record is all or nothing: a value of the wrong type rejects it (<see cref="MalformedAdvisoryException"/>). A null is the same as no value.
/// </summary>
/// <remarks>Each method begins at the first token of a value and ends at its last.</remarks>
internal ref struct RecordJson(ReadOnlySpan<byte> json)
{
    static readonly JsonReaderOptions Strict = new() { MaxDepth = 32 };

    Utf8JsonReader _reader = new(json.StartsWith("\uFEFF"u8) ? json[3..] : json, Strict);
    int _entries = AdvisoryLimits.Entries;

    /// <summary>To the next token; false at the end of the record.</summary>
    public bool Read() => _reader.Read();

    public void Skip() => _reader.Skip();

    /// <summary>Whether the value is an object, to be read with <see cref="NextProperty"/>.</summary>
    public bool IsObject(string what) => Is(JsonTokenType.StartObject, what, "an object");

    /// <summary>Whether the value is an array, to be read with <see cref="NextItem"/>.</summary>
    public bool IsArray(string what) => Is(JsonTokenType.StartArray, what, "an array");

    /// <summary>To the value of the next property; false at the end of the object.</summary>
    public bool NextProperty(out ReadOnlySpan<byte> name)
    {
        name = [];
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.PropertyName)
            return false;
        // The names of the schema need no escapes; who writes one with them is not understood, and ignored as any other unknown name.
        name = _reader.ValueSpan;
        Count();
        return _reader.Read();
    }

    /// <summary>To the next item; false at the end of the array.</summary>
    public bool NextItem()
    {
        if (!_reader.Read() || _reader.TokenType == JsonTokenType.EndArray)
            return false;
        Count();
        return true;
    }

    /// <summary>Null for null.</summary>
    public string? Text(string what, int limit = AdvisoryLimits.TextLength)
    {
        if (!Is(JsonTokenType.String, what, "a text"))
            return null;
        // An escape has at most six bytes for a character, UTF-8 at most three for one of UTF-16.
        return _reader.ValueSpan.Length <= 6 * limit && Decoded(what) is { } text && text.Length <= limit ? text
            : throw new MalformedAdvisoryException($"its {what} has more than {limit} characters");
    }

    /// <summary>The beginning of a text that may be long; null for null, and for a text that is out of all proportion.</summary>
    public string? Beginning(string what, int limit)
    {
        const int Whole = 64 << 10;
        if (!Is(JsonTokenType.String, what, "a text") || _reader.ValueSpan.Length > Whole)
            return null;
        var text = Decoded(what).ReplaceLineEndings(" ").Trim();
        return text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 2]) ? limit - 2 : limit - 1)] + "…";
    }

    /// <summary>Empty for null.</summary>
    public IReadOnlyList<string> Texts(string what)
    {
        if (!IsArray(what))
            return [];
        var texts = new List<string>();
        while (NextItem())
            texts.Add(Text(what) ?? throw new MalformedAdvisoryException($"its {what} has a null in it"));
        return texts.Count == 0 ? [] : texts;
    }

    /// <summary>A text of a place whose shape the schema leaves open: anything else there is no mistake, and null.</summary>
    public string? TextIfAny()
    {
        if (_reader.TokenType == JsonTokenType.String && _reader.ValueSpan.Length <= 6 * AdvisoryLimits.TextLength && Decoded("word") is { Length: <= AdvisoryLimits.TextLength } text)
            return text;
        _reader.Skip();
        return null;
    }

    /// <summary>Whether a place whose shape the schema leaves open holds an object; anything else is skipped.</summary>
    public bool IsObjectIfAny() => IsIfAny(JsonTokenType.StartObject);

    /// <inheritdoc cref="IsObjectIfAny"/>
    public bool IsArrayIfAny() => IsIfAny(JsonTokenType.StartArray);

    /// <summary>Whatever is read may be kept, however it is dressed up: an event with a million versions in it is a million events.</summary>
    public void Count()
    {
        if (--_entries < 0)
            throw new MalformedAdvisoryException($"it has more than {AdvisoryLimits.Entries} entries");
    }

    bool IsIfAny(JsonTokenType type)
    {
        if (_reader.TokenType == type)
            return true;
        _reader.Skip();
        return false;
    }

    readonly bool Is(JsonTokenType wanted, string what, string kind) =>
        _reader.TokenType == wanted || (_reader.TokenType == JsonTokenType.Null ? false : throw new MalformedAdvisoryException($"its {what} is not {kind}"));

    readonly string Decoded(string what)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: valid JSON that is no text.
            throw new MalformedAdvisoryException($"its {what} is no text", e);
        }
    }
}
