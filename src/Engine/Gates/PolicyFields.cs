namespace Plimsoll.Engine.Gates;

/// <summary>
/// The fields of one section of a policy. Each is asked for by name; what nobody asked for is unknown, and named with the nearest field
/// that is known.
/// </summary>
internal sealed class PolicyFields
{
    readonly string _section;
    readonly List<PolicyProblem> _problems;
    readonly List<string> _known = [];
    readonly PolicyNode.Map? _map;

    public PolicyFields(string section, PolicyNode? node, List<PolicyProblem> problems)
    {
        (_section, _problems, _map) = (section, problems, node as PolicyNode.Map);
        if (node is not (null or PolicyNode.Map) && node is not PolicyNode.Scalar { Text: "" or "null" or "~", Quoted: false })
            Problem(node, $"{Where("")} takes fields, not {(node is PolicyNode.List ? "a list" : "a word")}");
    }

    public bool IsGiven => _map is not null;

    public PolicyNode? Node(string name)
    {
        if (!_known.Contains(name))
            _known.Add(name);
        return _map?.Entries.FirstOrDefault(entry => entry.Key.Text == name).Value;
    }

    /// <summary>The field as <paramref name="parse"/> reads it; a value that it does not take is a problem that says what it takes.</summary>
    public T? Value<T>(string name, Func<string, T?> parse, string takes) where T : struct
    {
        if (Node(name) is not { } node)
            return null;
        var value = node is PolicyNode.Scalar scalar ? parse(scalar.Text) : null;
        if (value is null)
            Problem(node, $"{Where(name)} takes {takes}{(node is PolicyNode.Scalar s ? $", not '{s.Text}'" : "")}");
        return value;
    }

    public string? Text(string name, bool required = false)
    {
        var node = Node(name);
        if (node is PolicyNode.Scalar { Text.Length: > 0 } scalar)
            return scalar.Text;
        if (node is not null)
            Problem(node, $"{Where(name)} takes a text");
        else if (required && _map is not null)
            Problem(_map, $"{Where(name)} is missing");
        return null;
    }

    public IReadOnlyList<PolicyNode> List(string name)
    {
        var node = Node(name);
        if (node is PolicyNode.List list)
            return list.Items;
        if (node is not null && node is not PolicyNode.Scalar { Text: "" or "null" or "~", Quoted: false })
            Problem(node, $"{Where(name)} takes a list");
        return [];
    }

    public PolicyFields Section(string name) => new(Where(name), Node(name), _problems);

    public PolicyFields Item(string where, PolicyNode node) => new(where, node, _problems);

    public void Problem(PolicyNode node, string message) => _problems.Add(new PolicyProblem(node.Line, node.Column, message));

    /// <summary>Call when every known field has been asked for.</summary>
    public void RefuseUnknown()
    {
        foreach (var (key, _) in _map?.Entries ?? [])
            if (!_known.Contains(key.Text))
                Problem(key, $"unknown field '{Where(key.Text)}'{Suggestion(key.Text)}; known here: {string.Join(", ", _known)}");
    }

    string Suggestion(string unknown) => Nearest(unknown, _known) is { } near ? $", did you mean '{near}'?" : "";

    string Where(string name) => (_section, name) switch
    {
        ("", "") => "the policy",
        ("", _) => name,
        (_, "") => _section,
        _ => $"{_section}.{name}",
    };

    /// <summary>The known word that is at most two edits away, or null.</summary>
    public static string? Nearest(string word, IEnumerable<string> known) =>
        known.Select(candidate => (candidate, Distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.Distance <= 2).OrderBy(pair => pair.Distance).Select(pair => pair.candidate).FirstOrDefault();

    // Levenshtein's distance, one row at a time.
    static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2)
            return 3;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
