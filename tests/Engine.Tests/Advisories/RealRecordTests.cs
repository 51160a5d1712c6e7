using System.Diagnostics;
using Plimsoll.Engine.Advisories.Severities;

namespace Plimsoll.Engine.Tests.Advisories;

/// <summary>Every record of real exports is read.</summary>
public sealed class RealRecordTests(ITestOutputHelper output)
{
    /// <summary>The one that is rejected was modified in the year 1, and writes it with one digit.</summary>
    [Theory]
    [InlineData("export-t0", 1)]
    [InlineData("export-t1", 0)]
    public void No_sound_record_of_a_source_is_rejected(string export, int broken) => Assert.Equal(broken, Count(export));

    [Theory]
    [InlineData("hostile")]
    [InlineData("mined")]
    public void Records_of_other_feeds_are_read_or_rejected_with_a_reason(string feeds) => Count(feeds);

    [Theory]
    [InlineData("export-t1")]
    [InlineData("hostile")]
    [InlineData("mined")]
    public void Every_vector_has_a_score(string under)
    {
        var vectors = OsvData.Advisories(under).SelectMany(advisory => advisory.Severities.Concat(advisory.Affected.SelectMany(affected => affected.Severities)))
            .Where(Rating.IsVector).Select(claim => claim.Score).ToList();
        var unread = vectors.Where(vector => CvssScore.Of(vector) is null).ToList();

        output.WriteLine($"measured: CVSS: {vectors.Count} vectors in {under}, {unread.Count} of them without a score{string.Concat(unread.Take(10).Select(vector => $"\n  {vector}"))}");
        Assert.Empty(unread);
    }

    /// <summary>The word beside a vector is that of another score now and then, so that this is measured and held to a floor.</summary>
    [Theory]
    [InlineData("export-t1", 0.98)]
    [InlineData("mined", 0.98)]
    public void Scores_agree_with_the_words_beside_them(string under, double floor)
    {
        var (agreed, differed) = (0, new List<string>());
        foreach (var advisory in OsvData.Advisories(under))
            if (advisory.Severities.FirstOrDefault(claim => claim.Type == "severity") is { } word && Rating.WordOf(word.Score) is { } said
                && Rating.Of(advisory, advisory.Affected is [var first, ..] ? first : null) is { Score: not null } rating)
                if (rating.Severity == said)
                    agreed++;
                else
                    differed.Add($"{advisory.Id}: {rating.Basis} is {rating.Score} and not {word.Score}");

        output.WriteLine($"measured: CVSS: {agreed} of {agreed + differed.Count} scores in {under} agree with the word beside them");
        differed.Take(8).ToList().ForEach(output.WriteLine);
        Assert.True(agreed > 0 && agreed >= floor * (agreed + differed.Count), $"{differed.Count} differ");
    }

    int Count(string under)
    {
        var rejected = 0;
        foreach (var zip in OsvData.Exports(under))
        {
            var watch = Stopwatch.StartNew();
            var readings = OsvData.Read(zip).Select(record => record.Reading).ToList();
            watch.Stop();
            var reasons = readings.Where(reading => reading.Rejection is not null).GroupBy(reading => reading.Rejection).Select(same => $"{same.Count()} × {same.Key}").ToList();
            rejected += readings.Count(reading => reading.Advisory is null);
            output.WriteLine($"measured: records: {OsvData.NameOf(zip)} in {under}: {readings.Count(reading => reading.Advisory is not null)} read, {string.Join(", ", reasons.DefaultIfEmpty("none rejected"))}, {watch.ElapsedMilliseconds} ms");
            Assert.All(readings, reading => Assert.True(reading.Advisory is null != reading.Rejection is null));
        }
        return rejected;
    }
}
