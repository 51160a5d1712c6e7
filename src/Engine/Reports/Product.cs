using System.Reflection;

namespace Plimsoll.Engine.Reports;

/// <summary>What wrote a report.</summary>
internal static class Product
{
    public const string Name = "Plimsoll";

    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
