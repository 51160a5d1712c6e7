using System.Text;

namespace Plimsoll.Engine.Packages.Java;

/// <summary>
/// <c>META-INF/maven/*/*/pom.properties</c>, which Maven writes into what it builds (maven.apache.org/shared/maven-archiver): a properties
/// file of the lines groupId, artifactId and version (java.util.Properties, "load").
/// </summary>
internal static class PomProperties
{
    /// <summary>Null where one of them is missing or unusable.</summary>
    public static Coordinates? Read(ReadOnlySpan<byte> content)
    {
        string? group = null, artifact = null, version = null;
        foreach (var line in Encoding.Latin1.GetString(content).AsSpan().EnumerateLines())
        {
            var separator = line.IndexOfAny('=', ':');
            if (separator < 0)
                continue;
            var value = line[(separator + 1)..].Trim();
            switch (line[..separator].Trim())
            {
                case "groupId": group = value.ToString(); break;
                case "artifactId": artifact = value.ToString(); break;
                case "version": version = value.ToString(); break;
            }
        }
        return Coordinates.Of(group, artifact, version);
    }
}
