using Plimsoll.Engine.Advisories.Severities;

namespace Plimsoll.Engine.Tests.Advisories.Severities;

/// <summary>Vectors and scores from the examples and appendices that FIRST publishes with each version.</summary>
public sealed class CvssScoreTests
{
    [Theory]
    [InlineData("AV:N/AC:L/Au:N/C:N/I:N/A:C", 7.8)]
    [InlineData("AV:N/AC:L/Au:N/C:C/I:C/A:C", 10.0)]
    [InlineData("AV:L/AC:H/Au:N/C:C/I:C/A:C", 6.2)]
    [InlineData("(AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C)", 7.8)]
    [InlineData("AV:N/AC:L/Au:N/C:N/I:N/A:N", 0.0)]
    public void A_vector_of_version_2_has_its_base_score(string vector, double score) => Scores("2.0", vector, score);

    [Theory]
    [InlineData("AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1)]
    [InlineData("AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4)]
    [InlineData("AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 3.1)]
    [InlineData("AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9)]
    [InlineData("AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 8.8)]
    [InlineData("AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", 7.8)]
    [InlineData("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5)]
    [InlineData("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8)]
    [InlineData("AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N", 6.8)]
    [InlineData("AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 6.8)]
    [InlineData("AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N", 5.8)]
    [InlineData("AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N", 4.6)]
    [InlineData("AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N", 7.4)]
    [InlineData("AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H", 9.6)]
    [InlineData("AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0)]
    [InlineData("AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0)]
    [InlineData("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:U/CR:L/MAV:P", 9.8)]
    public void A_vector_of_version_3_has_its_base_score(string vector, double score)
    {
        Scores("3.0", $"CVSS:3.0/{vector}", score);
        Scores("3.1", $"CVSS:3.1/{vector}", score);
    }

    [Fact]
    public void Version_3_1_does_not_round_up_what_lies_beyond_the_fifth_digit()
    {
        Assert.Equal((4.1m, 4.0m), (Cvss3.RoundUp30(4.000002m), Cvss3.RoundUp31(4.000002m)));
        Assert.Equal((4.1m, 4.1m), (Cvss3.RoundUp30(4.02m), Cvss3.RoundUp31(4.02m)));
    }

    [Theory]
    [InlineData("AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3)]
    [InlineData("AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7)]
    [InlineData("AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 8.3)]
    [InlineData("AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 9.3)]
    [InlineData("AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10.0)]
    [InlineData("AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0.0)]
    [InlineData("AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/S:P/AU:Y/R:A/V:C/RE:H/U:Red", 9.3)]
    public void A_vector_of_version_4_has_its_score(string vector, double score) => Scores("4.0", $"CVSS:4.0/{vector}", score);

    /// <summary>The sums are those of the calculator that FIRST publishes, and of one other, over every vector that there is.</summary>
    [Theory]
    [InlineData("", "AV:L,A,N AC:H,M,L Au:M,S,N C:N,P,C I:N,P,C A:N,P,C", 729, 38_007)]
    [InlineData("CVSS:3.0/", "AV:N,A,L,P AC:L,H PR:N,L,H UI:N,R S:U,C C:N,L,H I:N,L,H A:N,L,H", 2_592, 142_706)]
    [InlineData("CVSS:3.1/", "AV:N,A,L,P AC:L,H PR:N,L,H UI:N,R S:U,C C:N,L,H I:N,L,H A:N,L,H", 2_592, 142_706)]
    [InlineData("CVSS:4.0/", "AV:N,A,L,P AC:L,H AT:N,P PR:N,L,H UI:N,P,A VC:H,L,N VI:H,L,N VA:H,L,N SC:H,L,N SI:H,L,N SA:H,L,N", 104_976, 5_964_883)]
    public void All_vectors_together_have_the_scores_that_others_give_them(string prefix, string metrics, int vectors, int tenths)
    {
        var scores = Vectors(metrics.Split(' ')).Select(vector => CvssScore.Of(prefix + vector)!.Value).ToList();

        Assert.Equal((vectors, tenths), (scores.Count, (int)(scores.Sum() * 10)));
        Assert.All(scores, score => Assert.InRange(score, 0m, 10m));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7.5")]
    [InlineData("CVSS:3.1/")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X")]
    [InlineData("CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/ZZ:Z")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/")]
    [InlineData("CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    [InlineData("CVSS:4.0/AV:N/AC:L/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:S/SA:N")]
    [InlineData("AV:N/AC:L/Au:N/C:N/I:N")]
    public void What_is_no_vector_has_no_score(string text) => Assert.Null(CvssScore.Of(text));

    [Fact]
    public void A_vector_of_a_million_metrics_is_none() => Assert.Null(CvssScore.Of("CVSS:3.1/" + string.Concat(Enumerable.Repeat("AV:N/", 1_000_000))));

    static void Scores(string version, string vector, double score) => Assert.Equal(new CvssScore(version, (decimal)score), CvssScore.Of(vector));

    static IEnumerable<string> Vectors(string[] metrics) => metrics.Length == 0 ? [""]
        : from value in metrics[0].Split(':')[1].Split(',')
          from rest in Vectors(metrics[1..])
          select $"{metrics[0].Split(':')[0]}:{value}{(rest.Length > 0 ? "/" : "")}{rest}";
}
