using Plimsoll.Engine.Advisories.Versions;

namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>The version of a component, read once for all records that it is held against. For one thread.</summary>
internal sealed class InstalledVersion(string text)
{
    IVersionOrder? _order;
    ParsedVersion? _parsed;

    public string Text => text;

    /// <summary>Null where the order does not know it.</summary>
    public ParsedVersion? By(IVersionOrder order)
    {
        if (!ReferenceEquals(order, _order))
            (_order, _parsed) = (order, order.Parse(text));
        return _parsed;
    }
}
