using System.Diagnostics.CodeAnalysis;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// A version that its <see cref="IVersionOrder"/> has read. Two texts may compare as equal: <c>1.0</c> and <c>1.0.0</c> are one version in many
/// ecosystems. To compare versions of two orders is a bug, and throws <see cref="ArgumentException"/>.
/// </summary>
[SuppressMessage("Design", "CA1036", Justification = "Versions that compare as equal are not one version: their texts differ, and == would hide it.")]
public abstract class ParsedVersion(string text) : IComparable<ParsedVersion>
{
    /// <summary>As it was written.</summary>
    public string Text { get; } = text;

    public int CompareTo(ParsedVersion? other) => other is null ? 1
        : ReferenceEquals(this, other) ? 0
        : other.GetType() == GetType() ? CompareWithin(other)
        : throw new ArgumentException($"{GetType().Name} and {other.GetType().Name} have no order between them", nameof(other));

    public sealed override string ToString() => Text;

    /// <summary>Compares with a version of the same order.</summary>
    private protected abstract int CompareWithin(ParsedVersion other);
}
