using System.Diagnostics.CodeAnalysis;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// A version that an order has read. Two texts may compare as equal: <c>1.0</c> and <c>1.0.0</c> are one version in many ecosystems.
/// To compare versions of two orders is a bug, and throws <see cref="ArgumentException"/>.
/// </summary>
[SuppressMessage("Design", "CA1036", Justification = "Versions that compare as equal are not one version: their texts differ, and == would hide it.")]
public abstract class ParsedVersion : IComparable<ParsedVersion>
{
    private protected ParsedVersion(IVersionOrder order, string text) => (Order, Text) = (order, text);

    /// <summary>Who read it.</summary>
    public IVersionOrder Order { get; }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public int CompareTo(ParsedVersion? other) => other is null ? 1
        : ReferenceEquals(this, other) ? 0
        : ReferenceEquals(Order, other.Order) ? CompareWithin(other)
        : throw new ArgumentException($"{Order.Name} and {other.Order.Name} have no order between them: {Text}, {other.Text}", nameof(other));

    public sealed override string ToString() => Text;

    /// <summary>Compares with a version that the same order has read.</summary>
    private protected abstract int CompareWithin(ParsedVersion other);
}
