namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>
/// Which steps read a path of the context. It follows from the folder that it is in: who takes a folder takes all in it, but for what
/// <c>--exclude</c> says.
/// </summary>
internal sealed class UseState
{
    readonly IReadOnlyList<ContextUse> _uses;
    readonly Taken?[] _taken;

    UseState(IReadOnlyList<ContextUse> uses, Taken?[] taken, ulong begins)
    {
        (_uses, _taken, Begins) = (uses, taken, begins);
        for (var i = 0; i < taken.Length; i++)
            Reads |= taken[i] is { Without.IsIgnored: false } ? 1UL << i : 0;
    }

    /// <summary>One bit for each step.</summary>
    public ulong Reads { get; }

    /// <summary>Those that name this very path, and none above it.</summary>
    public ulong Begins { get; }

    public static UseState Root(IReadOnlyList<ContextUse> uses) =>
        new(uses, [.. uses.Select(use => use.TakesAll ? new Taken(IgnoreState.Root(use.Without), 0) : null)], 0);

    /// <param name="path">Of a member of the folder that this is the state of, from the context's root.</param>
    public UseState Of(string path, bool isFolder)
    {
        Taken?[]? changed = null;
        var begins = 0UL;
        for (var i = 0; i < _taken.Length; i++)
            if (Of(path, isFolder, i) is var now && now != _taken[i])
            {
                (changed ??= [.. _taken])[i] = now;
                begins |= _taken[i] is null ? 1UL << i : 0;
            }
        return changed is null && Begins == 0 ? this : new(_uses, changed ?? _taken, begins);
    }

    Taken? Of(string path, bool isFolder, int i)
    {
        if (_taken[i] is { } taken)
            return _uses[i].Without.Patterns.Count == 0 ? taken : taken with { Without = taken.Without.Of(path[taken.From..]) };
        if (!_uses[i].Sources.Any(source => source.Matches(path)))
            return null;
        // Patterns are held against what is below the source, and of a file that is one itself against its name.
        var root = IgnoreState.Root(_uses[i].Without);
        return new(isFolder ? root : root.Of(path[(path.LastIndexOf('/') + 1)..]), path.Length + 1);
    }

    /// <param name="From">Where, in a path, the part below the source begins.</param>
    sealed record Taken(IgnoreState Without, int From);
}
