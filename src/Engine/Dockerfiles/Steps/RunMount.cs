namespace Plimsoll.Engine.Dockerfiles.Steps;

/// <summary>What a RUN has for its time alone (<c>--mount</c>).</summary>
/// <param name="Kind"><c>bind</c>, <c>cache</c>, <c>tmpfs</c>, <c>secret</c> or <c>ssh</c>.</param>
/// <param name="Fields">All of them by name, the kind too; null for one without a value.</param>
/// <param name="At">Of the flag.</param>
public sealed record RunMount(string Kind, IReadOnlyDictionary<string, string?> Fields, TextPosition At)
{
    static readonly string[] Kinds = ["bind", "cache", "tmpfs", "secret", "ssh"];

    static readonly string[] Names =
        ["type", "from", "source", "target", "readonly", "id", "sharing", "required", "size",
            "mode", "uid", "gid", "src", "dst", "destination", "ro", "rw", "readwrite", "env"];

    /// <summary>Where the command finds it; null where it is not said.</summary>
    public string? Target => Fields.GetValueOrDefault("target") ?? Fields.GetValueOrDefault("dst") ?? Fields.GetValueOrDefault("destination");

    public string? Source => Fields.GetValueOrDefault("source") ?? Fields.GetValueOrDefault("src");

    public string? From => Fields.GetValueOrDefault("from");

    /// <exception cref="DockerfileSyntaxException">The value is no mount.</exception>
    internal static RunMount Read(InstructionFlag flag)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var field in Split(flag.Value!))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? field : field[..equals]).ToLowerInvariant();
            if (!Names.Contains(name))
                throw new DockerfileSyntaxException(flag.At, $"a mount has no field \"{name}\"");
            if (equals < 0 && name is not ("readonly" or "ro" or "readwrite" or "rw" or "required"))
                throw new DockerfileSyntaxException(flag.At, $"the field \"{name}\" of a mount takes a value: {name}=…");
            fields[name] = equals < 0 ? null : field[(equals + 1)..];
        }
        var kind = fields.GetValueOrDefault("type")?.ToLowerInvariant() ?? "bind";
        if (!Kinds.Contains(kind) && !kind.Contains('$', StringComparison.Ordinal))
            throw new DockerfileSyntaxException(flag.At, $"\"{kind}\" is no kind of mount: {string.Join(", ", Kinds)} are");
        if (fields.GetValueOrDefault("from")?.Contains('$', StringComparison.Ordinal) is true)
            throw new DockerfileSyntaxException(flag.At, "\"from\" of a mount takes no variable: a stage that begins from it does");
        return new(kind, fields, flag.At);
    }

    // A line of comma-separated values (RFC 4180).
    static IEnumerable<string> Split(string value)
    {
        var (field, quoted) = (new System.Text.StringBuilder(), false);
        for (var at = 0; at < value.Length; at++)
            if (value[at] == '"' && quoted && at + 1 < value.Length && value[at + 1] == '"')
                field.Append(value[++at]);
            else if (value[at] == '"')
                quoted = !quoted;
            else if (value[at] == ',' && !quoted)
            {
                yield return field.ToString();
                field.Clear();
            }
            else
                field.Append(value[at]);
        yield return field.ToString();
    }
}
