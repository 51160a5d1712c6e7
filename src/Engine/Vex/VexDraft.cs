namespace Plimsoll.Engine.Vex;

/// <summary>The statements of a document while it is read, and those that cannot be used.</summary>
internal sealed class VexDraft
{
    readonly List<VexStatement> _statements = [];
    readonly List<UnusableStatement> _unusable = [];
    readonly HashSet<VexProduct> _seen = new(ReferenceEqualityComparer.Instance);
    int _unusableCount;
    long _weight;

    public int Count => _statements.Count;

    /// <summary>Reads one statement; what is wrong with it is put down with its place and, where it can be read, its vulnerability.</summary>
    public void Try(int number, Func<List<string>> vulnerability, Action read)
    {
        try
        {
            read();
        }
        catch (MalformedVexException e)
        {
            Refuse(number, vulnerability, e.Message);
        }
    }

    public void Refuse(int number, Func<List<string>> vulnerability, string reason)
    {
        _unusableCount++;
        if (_unusable.Count < VexLimits.UnusableNamed)
            _unusable.Add(new UnusableStatement(number, NameOf(vulnerability), reason));
    }

    /// <exception cref="MalformedVexException">It says too little to be used.</exception>
    public void Add(VexStatement statement)
    {
        if (statement.Vulnerabilities.Count == 0)
            throw new MalformedVexException("it names no vulnerability");
        if (statement.Products.Count == 0)
            throw new MalformedVexException("it names no product");
        // Before any of it is looked at. A product that several statements name is there once, and each time that it is named counts.
        if ((_weight += statement.Products.Sum(product => 1L + (_seen.Add(product) ? product.Ids.Count + product.Components.Count : 0))) > VexLimits.Products)
            throw new MalformedVexException($"the document names more than {VexLimits.Products} products and parts of them");
        if (!statement.Products.Any(product => VexScope.Of(product).IsComparable))
            throw new MalformedVexException("its products are named by nothing that an image or a package is known by here");
        // Without a reason it is no statement (CISA, "Minimum Requirements for VEX"): nobody could hold it against the next version.
        if (statement is { Status: VexStatus.NotAffected, Justification: null, Text: null })
            throw new MalformedVexException("it says not affected, and gives neither a justification nor an impact statement");
        _statements.Add(statement);
    }

    /// <exception cref="MalformedVexException">Its id is none.</exception>
    public VexDocument Whole(string id, string format, string? author, DateTimeOffset? at, string? version) => id.Any(char.IsControl)
        ? throw new MalformedVexException("its id has characters that no id has")
        : new(id, format, author is null ? null : string.Concat(author.Where(letter => !char.IsControl(letter))), at, version is null || version.All(letter => letter is > ' ' and <= '~') ? version
            : throw new MalformedVexException("its version has characters that no version has"), _statements, _unusable, _unusableCount);

    static string? NameOf(Func<List<string>> vulnerability)
    {
        try
        {
            return vulnerability() is [var first, ..] ? first : null;
        }
        catch (MalformedVexException)
        {
            return null;
        }
    }
}
