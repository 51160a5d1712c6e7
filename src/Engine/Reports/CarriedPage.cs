using System.Text;

namespace Plimsoll.Engine.Reports;

/// <summary>A page of the documentation that the program carries with it.</summary>
internal static class CarriedPage
{
    /// <summary>In Markdown; null when there is none of that name.</summary>
    /// <param name="name">Folder and file: <c>checks/sudo.md</c>.</param>
    public static string? Read(string name)
    {
        using var stream = typeof(CarriedPage).Assembly.GetManifestResourceStream(name);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
