using System.Globalization;

namespace Plimsoll.Engine.Reports.Sbom;

/// <summary>Names within one document. The second of a kind gets a <c>2</c> at its end, so that the order decides and nothing else.</summary>
/// <param name="separator">Stands before the number.</param>
internal sealed class UniqueNames(char separator)
{
    readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    public string Of(string wanted)
    {
        if (_taken.Add(wanted))
            return wanted;
        for (var number = _next.GetValueOrDefault(wanted, 2); ; number++)
            if (string.Create(CultureInfo.InvariantCulture, $"{wanted}{separator}{number}") is var name && _taken.Add(name))
            {
                _next[wanted] = number + 1;
                return name;
            }
    }
}
