namespace DeepLearning.Tests;

public class ShippedTablesTests
{
    // from sklearn.datasets import load_wine
    // d = load_wine(); np.bincount(d.target), d.data[0], d.data[-1], d.data.mean(0), d.data.std(0)[:4], d.data.sum()
    [Fact]
    public void WineIsThatOfScikitLearn()
    {
        Dataset wine = Datasets.Wine();
        Assert.Equal(new Shape(178, 13), wine.X.Shape);
        Assert.Equal([59, 71, 48], wine.CountByClass());
        Assert.Equal(("alcohol", "proline"), (wine.Features[0], wine.Features[12]));
        AssertRows(wine, [14.23, 1.71, 2.43, 15.6, 127, 2.8, 3.06, 0.28, 2.29, 5.64, 1.04, 3.92, 1065],
            [14.13, 4.1, 2.74, 24.5, 96, 2.05, 0.76, 0.56, 1.35, 9.2, 0.61, 1.6, 560]);
        Standardizer columns = Standardizer.Fit(wine.X);
        AssertClose([13.00061798, 2.33634831, 2.36651685, 19.49494382, 99.74157303, 2.29511236, 2.02926966, 0.36185393, 1.59089888,
            5.05808988, 0.95744944, 2.61168539, 746.89325843], columns.Mean.ToDoubles());
        AssertClose([0.80954291, 1.11400363, 0.27357229, 3.33016976], columns.Deviation.ToDoubles()[..4]);
        Assert.Equal(159975.295999, wine.X.ToDoubles().Sum(), 0.01);
    }

    // The same of load_breast_cancer().
    [Fact]
    public void BreastCancerIsThatOfScikitLearn()
    {
        Dataset cancer = Datasets.BreastCancer();
        Assert.Equal(new Shape(569, 30), cancer.X.Shape);
        Assert.Equal([212, 357], cancer.CountByClass());
        Assert.Equal(["malignant", "benign"], cancer.Classes);
        Assert.Equal(("mean radius", "radius error", "worst fractal dimension"),
            (cancer.Features[0], cancer.Features[10], cancer.Features[29]));
        AssertRows(cancer, [17.99, 10.38, 122.8, 1001, 0.1184], [7.76, 24.54, 47.92, 181, 0.05263]);
        Standardizer columns = Standardizer.Fit(cancer.X);
        AssertClose([14.12729174, 19.28964851, 91.96903339, 654.88910369], columns.Mean.ToDoubles()[..4]);
        AssertClose([0.11460622, 0.29007557, 0.08394582], columns.Mean.ToDoubles()[27..]);
        AssertClose([3.52095076, 4.29725464, 24.27761929, 351.60475406], columns.Deviation.ToDoubles()[..4]);
        Assert.Equal(1056474.4596356, cancer.X.ToDoubles().Sum(), 0.05);
    }

    // d = load_diabetes(scaled=False);
    // d.data[0], d.data[-1], d.data.mean(0), d.data.std(0), d.target[[0, 1, -2, -1]], d.target.mean(), d.target.std()
    [Fact]
    public void DiabetesIsAsMeasured()
    {
        Dataset diabetes = Datasets.Diabetes();
        Assert.Equal((new Shape(442, 10), new Shape(442, 1)), (diabetes.X.Shape, diabetes.Y.Shape));
        Assert.Empty(diabetes.Classes);
        AssertRows(diabetes, [59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87], [36, 1, 19.6, 71, 250, 133.2, 97, 3, 4.5951, 92]);
        Standardizer x = Standardizer.Fit(diabetes.X), y = Standardizer.Fit(diabetes.Y);
        AssertClose([48.51809955, 1.46832579, 26.37579186, 94.64701357, 189.14027149, 115.43914027, 49.78846154,
            4.07024887, 4.64141086, 91.260181],
            x.Mean.ToDoubles());
        AssertClose([13.09419021, 0.49899574, 4.41312086, 13.81562831, 34.56888013, 30.37865755, 12.91956242, 1.28898929,
            0.52179929, 11.48332247],
            x.Deviation.ToDoubles());
        AssertClose([152.13348416], y.Mean.ToDoubles());
        AssertClose([77.00574587], y.Deviation.ToDoubles());
        double[] target = diabetes.Y.ToDoubles();
        Assert.Equal([151, 75, 220, 57], [target[0], target[1], target[^2], target[^1]]);
        Assert.Contains("Efron", diabetes.Source);
    }

    // Targets of a regression are scaled with a scaler of their own, and predictions brought back with it.
    [Fact]
    public void RegressionTargetsScaleAndComeBack()
    {
        Dataset diabetes = Datasets.Diabetes();
        Standardizer x = Standardizer.Fit(diabetes.X), y = Standardizer.Fit(diabetes.Y);
        Dataset scaled = new(x.Transform(diabetes.X), y.Transform(diabetes.Y));
        AssertClose(new double[10], [.. scaled.X.Mean(0).ToDoubles()], 1e-5);
        Assert.Equal(1, scaled.Y.Square().Mean().ToDouble(), 1e-5);
        AssertClose(diabetes.Y.ToDoubles(), y.Inverse(scaled.Y).ToDoubles(), 1e-3);

        MinMaxScaler passengers = MinMaxScaler.Fit(Datasets.AirlinePassengers().Y);
        Tensor share = passengers.Transform(Datasets.AirlinePassengers().Y);
        Assert.Equal((0, 1), (share.Min().ToDouble(), share.Max().ToDouble()));
        AssertClose(Datasets.AirlinePassengers().Y.ToDoubles(), passengers.Inverse(share).ToDoubles(), 1e-3);
    }

    // R: AirPassengers[c(1:3, 142:144)]; sum(AirPassengers); tapply(AirPassengers, floor(time(AirPassengers)), sum)
    [Fact]
    public void AirlinePassengersAreThoseOfBoxAndJenkins()
    {
        Dataset air = Datasets.AirlinePassengers();
        float[] y = air.Y.ToArray(), x = air.X.ToArray();
        Assert.Equal(144, y.Length);
        Assert.Equal([112, 118, 132], y[..3]);
        Assert.Equal([461, 390, 432], y[^3..]);
        Assert.Equal([1949, 1, 1949, 2], x[..4]);
        Assert.Equal([1960, 12], x[^2..]);
        Assert.Equal((104, 622), (y.Min(), y.Max()));
        Assert.Equal(40363, y.Sum());
        Assert.Equal(1520, y[..12].Sum());
        Assert.Equal(5714, y[^12..].Sum());
    }

    // networkx: G = karate_club_graph(); list(dict(G.degree).values()), sum(nx.triangles(G).values()) // 3, G.nodes[8]["club"]
    [Fact]
    public void TheKarateClubIsZacharys()
    {
        GraphData club = Datasets.KarateClub();
        Assert.Equal((34, 78), (club.Count, club.Edges.Count));
        Assert.Equal(78, club.Edges.Distinct().Count());
        Assert.All(club.Edges, edge => Assert.True(edge.From < edge.To));
        Assert.Equal([16, 9, 10, 6, 3, 4, 4, 4, 5, 2, 3, 1, 2, 5, 2, 2, 2, 2, 2, 3, 2, 2, 2, 5, 3, 3, 2, 4, 3, 4, 4, 6, 12, 17],
            club.Degrees());
        Assert.Equal((17, 17), (club.Labels.Count(label => label == 0), club.Labels.Count(label => label == 1)));
        Assert.Equal(("Mr. Hi", "Mr. Hi", "Officer", "Officer"),
            (club.Classes[club.Labels[0]], club.Classes[club.Labels[8]], club.Classes[club.Labels[9]], club.Classes[club.Labels[33]]));
        Assert.Equal("karate club: 34 nodes, 78 edges, classes Mr. Hi, Officer", club.ToString());

        Tensor a = club.Adjacency();
        Assert.Equal(a.ToArray(), a.Transpose().ToArray());
        Assert.Equal(156, a.Sum().ToDouble());
        Assert.Equal(45 * 6, (a.MatMul(a).MatMul(a) * Tensor.Identity(34)).Sum().ToDouble());
        Assert.Equal(156 + 34, club.Adjacency(selfLoops: true).Sum().ToDouble());
        Assert.Equal(club.Labels.Select(label => (float)label), club.Y.ToArray());
    }

    [Fact]
    public void AGraphRefusesWhatDoesNotExist()
    {
        Assert.Contains("Edge 0–2 names a node that does not exist; the nodes are 0 to 1.",
            Assert.Throws<ArgumentException>(() => new GraphData([(0, 2)], [0, 1], ["a", "b"])).Message);
        Assert.Contains("Label -1 is not one of the 2 classes.",
            Assert.Throws<ArgumentException>(() => new GraphData([], [0, -1], ["a", "b"])).Message);
    }

    [Fact]
    public void WindowsOfASeriesAskForWhatComesLater()
    {
        Dataset one = Datasets.Windows(Tensor.Arange(6), length: 3);
        Assert.Equal((new Shape(3, 3, 1), new Shape(3, 1)), (one.X.Shape, one.Y.Shape));
        Assert.Equal([0, 1, 2, 1, 2, 3, 2, 3, 4], one.X.ToArray());
        Assert.Equal([3, 4, 5], one.Y.ToArray());
        Dataset two = Datasets.Windows(Tensor.Arange(8).Reshape(4, 2), length: 2, horizon: 2);
        Assert.Equal([0, 1, 2, 3], two.X.ToArray());
        Assert.Equal([6, 7], two.Y.ToArray());
        Assert.Equal(132, Datasets.Windows(Datasets.AirlinePassengers().Y, 12).Count);
        Assert.Contains("A series of 3 values is too short for windows of 3 and a horizon of 1; it needs 4.",
            Assert.Throws<ArgumentException>(() => Datasets.Windows(Tensor.Arange(3), 3)).Message);
        Assert.Contains("got 0 and 1", Assert.Throws<ArgumentException>(() => Datasets.Windows(Tensor.Arange(3), 0)).Message);
        Assert.Contains("got [1, 1, 1]", Assert.Throws<ArgumentException>(() => Datasets.Windows(Tensor.Zeros(1, 1, 1), 1)).Message);
    }

    [Fact]
    public void ARegressionsLastColumnIsANumber()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => EmbeddedTable.Parse(new StringReader("a,y\n1,2\n3,x\n"), "file.csv").ToRegression("file.csv", 2));
        Assert.Contains("line 3: expected a number, got 'x'", error.Message);
    }

    private static void AssertRows(Dataset data, double[] first, double[] last)
    {
        AssertClose(first, data.Subset(0).X.ToDoubles()[..first.Length]);
        AssertClose(last, data.Subset(data.Count - 1).X.ToDoubles()[..last.Length]);
    }

    private static void AssertClose(double[] expected, double[] actual, double relative = 1e-6)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], relative * Math.Max(1, Math.Abs(expected[i])));
    }
}
