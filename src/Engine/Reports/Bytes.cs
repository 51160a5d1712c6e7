using System.Globalization;

namespace Plimsoll.Engine.Reports;

/// <summary>Numbers of bytes as people read them.</summary>
public static class Bytes
{
    static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Such as <c>999 B</c>, <c>1.5 KiB</c>, <c>42.1 MiB</c>: one decimal, binary units.</summary>
    public static string Show(long bytes)
    {
        if (bytes is > -1024 and < 1024)
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        var value = bytes / 1024.0;
        var unit = 0;
        // 1023.95 would be shown as 1024.0.
        while (Math.Abs(value) >= 1023.95 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {Units[unit]}");
    }
}
