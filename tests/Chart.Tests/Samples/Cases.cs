using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Chart.Tests.Samples;

/// <summary>The values under <c>ci/</c>, by the names of their files.</summary>
internal static class Cases
{
    public static IReadOnlyList<string> All { get; } =
        [.. Directory.GetFiles(Repository.At("charts/plimsoll/ci"), "*-values.yaml").Select(file => Path.GetFileName(file)[..^"-values.yaml".Length]).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Data => [.. All];

    /// <summary>With each major version of helm.</summary>
    public static TheoryData<string, int> DataOfEachHelm
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var one in All)
            {
                data.Add(one, 3);
                data.Add(one, 4);
            }
            return data;
        }
    }
}
