namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>How one ecosystem orders its versions. Each order is exact, takes text of any length in linear time, and names the source of its rules.</summary>
public interface IVersionOrder
{
    /// <summary>A short word for the order, as explanations say it and the database keeps it: <c>dpkg</c>, <c>pep440</c>.</summary>
    string Name { get; }

    /// <summary>Raised when an answer changes, so that what it decided is decided again.</summary>
    int Revision { get; }

    /// <summary>The version, or null where <paramref name="text"/> is none in this ecosystem: unknown to who matches, never "not affected". Never throws.</summary>
    ParsedVersion? Parse(string text);
}
