namespace DeepLearning;

public static partial class Datasets
{
    /// <summary>Chemical analyses of 178 Italian wines made from the grapes of three cultivars.</summary>
    /// <remarks>x: [178, 13], whose columns differ in size a thousandfold (scale them); y: [178], ordered by cultivar.</remarks>
    public static Dataset Wine()
    {
        EmbeddedTable table = EmbeddedTable.Read("wine.csv");
        (Tensor x, Tensor y) = table.ToTensors("wine.csv", 178, ["1", "2", "3"]);
        return new(x, y, ["cultivar 1", "cultivar 2", "cultivar 3"], table.Headings[..^1])
        {
            Name = "wine",
            Description = "Thirteen measured constituents of wines from one region and three cultivars.",
            Source = "M. Forina et al., PARVUS; S. Aeberhard and M. Forina, Wine, UCI Machine Learning Repository, 1992; CC BY 4.0.",
        };
    }

    /// <summary>Sizes and shapes of cell nuclei in 569 samples of breast tissue, malignant or benign.</summary>
    /// <remarks>
    /// x: [569, 30]: ten measures, each as mean, standard error and worst (mean of the three largest) over the nuclei; y: [569], 0
    /// malignant, 1 benign.
    /// </remarks>
    public static Dataset BreastCancer()
    {
        EmbeddedTable table = EmbeddedTable.Read("breast-cancer.csv");
        string[] classes = ["malignant", "benign"];
        (Tensor x, Tensor y) = table.ToTensors("breast-cancer.csv", 569, classes);
        return new(x, y, classes, table.Headings[..^1])
        {
            Name = "breast cancer",
            Description = "Measures of cell nuclei in images of fine needle aspirates of breast tissue.",
            Source = "W. Wolberg, O. Mangasarian, N. Street and W. Street, Breast Cancer Wisconsin (Diagnostic), UCI Machine Learning " +
                "Repository, 1993; CC BY 4.0.",
        };
    }

    /// <summary>
    /// Ten measurements of 442 diabetes patients and how far the disease had progressed a year later: a regression with much noise.
    /// </summary>
    /// <remarks>
    /// x: [442, 10] as measured, not scaled: age (years), sex (1 or 2, as published), body mass index, mean blood pressure, six blood serum
    /// values; y: [442, 1], from 25 to 346.
    /// </remarks>
    public static Dataset Diabetes()
    {
        EmbeddedTable table = EmbeddedTable.Read("diabetes.csv");
        (Tensor x, Tensor y) = table.ToRegression("diabetes.csv", 442);
        return new(x, y, features: table.Headings[..^1])
        {
            Name = "diabetes",
            Description = "Ten measurements of diabetes patients; the target is a measure of disease progression after one year.",
            Source = "B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Least angle regression, Annals of Statistics 32, 2004; " +
                "published by the authors without a licence.",
        };
    }

    /// <summary>
    /// Passengers of international airlines in each month of 1949 to 1960, in thousands: a trend, a season, and a season that grows with
    /// the trend.
    /// </summary>
    /// <remarks>
    /// x: [144, 2], year and month (1 … 12); y: [144, 1], thousands of passengers. <see cref="Windows"/> cuts y into sequences to forecast
    /// from.
    /// </remarks>
    public static Dataset AirlinePassengers()
    {
        (Tensor x, Tensor y) = EmbeddedTable.Read("airline-passengers.csv").ToRegression("airline-passengers.csv", 144);
        return new(x, y, features: ["year", "month"])
        {
            Name = "airline passengers",
            Description = "Thousands of international airline passengers a month, January 1949 to December 1960.",
            Source = "G. Box and G. Jenkins, Time Series Analysis: Forecasting and Control, 1970, series G; numbers as in R's " +
                "AirPassengers.",
        };
    }

    /// <summary>The friendships of 34 members of a karate club that broke in two, and whom each member followed.</summary>
    /// <remarks>
    /// 34 nodes, numbered from 0 (the instructor, Mr. Hi) to 33 (the officer), 78 edges; classes "Mr. Hi" and "Officer", 17 members each.
    /// </remarks>
    public static GraphData KarateClub()
    {
        const string file = "karate-club.csv";
        (Tensor from, Tensor to) = EmbeddedTable.Read(file).ToRegression(file, 78);
        int[] followers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21];
        return new([.. from.ToArray().Zip(to.ToArray(), (a, b) => ((int)a, (int)b))],
            [.. Enumerable.Range(0, 34).Select(member => followers.Contains(member) ? 0 : 1)], ["Mr. Hi", "Officer"])
        {
            Name = "karate club",
            Description = "Who met whom outside a university karate club, 1970 to 1972, before it split between its instructor and " +
                "an officer.",
            Source = "W. W. Zachary, An information flow model for conflict and fission in small groups, Journal of Anthropological " +
                "Research 33, 1977.",
        };
    }

    /// <summary>
    /// Cuts a series into windows to forecast from: x is <paramref name="length"/> values in a row, y what comes <paramref name="horizon"/>
    /// steps later.
    /// </summary>
    /// <remarks>Window i holds the values i … i + length − 1, its target is value i + length − 1 + horizon.</remarks>
    /// <param name="series">[T] or [T, F]: one or F values at each time.</param>
    /// <param name="length">Values in a window, ≥ 1.</param>
    /// <param name="horizon">How far ahead the target lies, ≥ 1.</param>
    /// <returns>x: [N, length, F] and y: [N, F], N = T − length − horizon + 1; F is 1 for a series [T].</returns>
    /// <exception cref="ArgumentException">Another shape, or a series too short for one window.</exception>
    public static Dataset Windows(Tensor series, int length, int horizon = 1)
    {
        if (series.Rank is not (1 or 2)) throw new ArgumentException($"A series needs shape [T] or [T, F], got {series.Shape}.");
        if (length < 1 || horizon < 1)
            throw new ArgumentException($"A window needs a length and a horizon of 1 or more, got {length} and {horizon}.");
        int count = series.Shape[0] - length - horizon + 1, width = series.Rank == 2 ? series.Shape[1] : 1;
        if (count < 1)
            throw new ArgumentException($"A series of {series.Shape[0]} values is too short for windows of {length} and a horizon of " +
                $"{horizon}; it needs {length + horizon}.");
        Tensor rows = series.Detach().Reshape(series.Shape[0], width);
        int[] steps = [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(i, length))];
        return new(rows.Rows(steps).Reshape(count, length, width), rows.Slice(0, length + horizon - 1, count))
        {
            Name = "windows of a series",
        };
    }
}
