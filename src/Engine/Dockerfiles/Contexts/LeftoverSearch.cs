using System.Text;

namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>Finds the leftovers of a context, and the lines that would take them away.</summary>
/// <param name="root">Where the context is, to look into what may be a key; null for nowhere.</param>
internal sealed class LeftoverSearch(BuildContext context, IReadOnlyList<ContextUse> uses, string? root)
{
    /// <summary>Places that are named one by one where one line for all of them would take other things too.</summary>
    const int MostPlaces = 10;

    /// <summary>A key in text form has its first line here.</summary>
    const int KeyBytes = 4096;

    readonly Dictionary<Leftover, Places> _places = [];
    readonly ILookup<string, Leftover> _exact = Leftover.All.Where(one => !one.Name.StartsWith('*'))
        .ToLookup(one => one.Name, StringComparer.Ordinal);
    readonly List<Leftover> _endings = [.. Leftover.All.Where(one => one.Name.StartsWith('*'))];

    /// <summary>In the order of their reasons.</summary>
    public IReadOnlyList<(IgnoreReason Reason, string Line)> Lines()
    {
        In(context.Root, IgnoreState.Root(context.Ignore), UseState.Root(uses));
        return [.. Leftover.All.Where(_places.ContainsKey).SelectMany(one => _places[one].Lines(one).Select(line => (one.Reason, line)))];
    }

    void In(ContextFolder folder, IgnoreState state, UseState use)
    {
        var files = folder.Files.Select(file => file.Name).ToList();
        foreach (var name in files)
            Look(folder, name, isFolder: false, files, state, use);
        foreach (var inner in folder.Folders)
            if (!Look(folder, inner.Name, isFolder: true, files, state, use))
                In(inner, state.Of(inner.Path), use.Of(inner.Path, isFolder: true));
    }

    // Whether it is one. One that has the name and is none is counted, for no line may take it.
    bool Look(ContextFolder folder, string name, bool isFolder, List<string> beside, IgnoreState state, UseState use)
    {
        if (!_exact[name].Concat(_endings).Any(one => one.IsFolder == isFolder && one.Fits(name)))
            return false;
        var path = folder.PathOf(name);
        var found = Leftover.Find(name, isFolder, beside) is { } one && !IsWanted(state.Of(path).Decided, path, name)
            && use.Of(path, isFolder).Begins == 0 && (!one.IsKey || HasKey(path)) ? one : null;
        foreach (var known in Leftover.All.Where(known => known.IsFolder == isFolder && known.Fits(name)))
            Of(known).Add(path, known == found);
        return found is not null;
    }

    // Somebody wrote that this very thing is to be in the context.
    static bool IsWanted(IgnorePattern? decided, string path, string name) =>
        decided is { IsException: true } && (decided.Text == path || decided.Text[(decided.Text.LastIndexOf('/') + 1)..] == name);

    bool HasKey(string path)
    {
        if (root is null)
            return false;
        try
        {
            using var file = File.OpenRead(Path.Combine(root, path));
            var bytes = new byte[KeyBytes];
            return bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).IndexOf("PRIVATE KEY-----"u8) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    Places Of(Leftover one)
    {
        if (!_places.TryGetValue(one, out var places))
            _places[one] = places = new Places();
        return places;
    }

    /// <summary>A path as a line that matches nothing else.</summary>
    public static string Literal(string path)
    {
        var line = new StringBuilder();
        foreach (var character in path)
            line.Append(character is '*' or '?' or '[' or ']' or '\\' ? $"\\{character}" : character.ToString());
        return path.StartsWith('!') || path.StartsWith('#') ? $"/{line}" : line.ToString();
    }

    sealed class Places
    {
        readonly List<string> _paths = [];
        bool _isBelow, _others;

        public void Add(string path, bool isOne)
        {
            _others |= !isOne;
            if (!isOne)
                return;
            _isBelow |= path.Contains('/', StringComparison.Ordinal);
            if (_paths.Count < MostPlaces)
                _paths.Add(path);
        }

        public IEnumerable<string> Lines(Leftover one) =>
            _paths.Count == 0 ? [] : _others ? _paths.Select(Literal) : [_isBelow ? $"**/{one.Name}" : one.Name];
    }
}
