#include "tests/support/golden.hpp"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace finn::test {

std::string GoldenNetwork::name() const {
  std::string text = "n=" + std::to_string(variables) + " m=" + std::to_string(outputs);
  text += positive ? " positive" : " signed";
  text += hidden_tanh ? " tanh" : " sigma";
  return text + (last_sigma ? " then sigma" : " then linear");
}

namespace {

using Json = nlohmann::json;

std::string path_of(const char* file) { return std::string(FINN_TEST_DATA) + "/" + file; }

std::ifstream open(const char* file) {
  std::ifstream stream(path_of(file));
  if (!stream) throw std::runtime_error("cannot open " + path_of(file));
  return stream;
}

// A whole field that is a number, in decimal or hexadecimal; a stray character is an error.
double exact(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0') throw std::runtime_error("not a number: " + text);
  return value;
}

long double extended(const std::string& text) {
  char* end = nullptr;
  const long double value = std::strtold(text.c_str(), &end);
  if (text.empty() || *end != '\0') throw std::runtime_error("not a number: " + text);
  return value;
}

std::vector<double> exact_vector(const Json& list) {
  std::vector<double> values;
  for (const Json& item : list) values.push_back(exact(item.get<std::string>()));
  return values;
}

std::vector<long double> extended_vector(const Json& list) {
  std::vector<long double> values;
  for (const Json& item : list) values.push_back(extended(item.get<std::string>()));
  return values;
}

// Weights [layer][out][in] and biases [layer][out] into the flat layout of finn.h.
template <class T, class Convert>
std::vector<T> flat_layers(const Json& weights, const Json& biases, Convert convert) {
  std::vector<T> flat;
  const auto append = [&](const Json& list) {
    for (const Json& item : list) flat.push_back(convert(item.get<std::string>()));
  };
  for (std::size_t layer = 0; layer < weights.size(); ++layer) {
    for (const Json& row : weights.at(layer)) append(row);
    append(biases.at(layer));
  }
  return flat;
}

GoldenPoint point_of(const Json& json) {
  GoldenPoint point;
  point.x = exact_vector(json.at("x"));
  for (const Json& output : json.at("mixed_partials")) {
    point.mixed_partials.push_back(extended_vector(output));
  }
  point.density_scaled_to_2 = extended_vector(json.at("density_scaled_to_2"));
  return point;
}

GoldenNetwork network_of(const Json& json) {
  GoldenNetwork network;
  network.variables = json.at("n").get<int>();
  network.positive = json.at("positive").get<bool>();
  network.hidden_tanh = json.at("hidden").get<std::string>() == "tanh";
  network.last_sigma = json.at("output").get<std::string>() == "sigma";
  network.widths = json.at("widths").get<std::vector<std::int32_t>>();
  network.outputs = json.at("outputs").get<int>();
  network.parameters = flat_layers<double>(json.at("W"), json.at("b"), exact);
  network.lower = exact_vector(json.at("lower"));
  network.upper = exact_vector(json.at("upper"));
  network.box_integral = extended_vector(json.at("box_integral"));
  for (const Json& point : json.at("points")) network.points.push_back(point_of(point));
  const Json& loss = json.at("loss");
  network.loss.value = extended(loss.at("value").get<std::string>());
  network.loss.gradient = flat_layers<long double>(loss.at("dW"), loss.at("db"), extended);
  return network;
}

}  // namespace

std::vector<GoldenNetwork> golden_networks() {
  std::ifstream stream = open("networks.json");
  const Json json = Json::parse(stream);
  std::vector<GoldenNetwork> networks;
  for (const auto& item : json.at("cases")) networks.push_back(network_of(item));
  return networks;
}

std::vector<GoldenSigma> golden_sigma() {
  std::ifstream stream = open("sigma.csv");
  std::vector<GoldenSigma> rows;
  std::string line;
  std::getline(stream, line);  // the names of the columns
  while (std::getline(stream, line)) {
    std::istringstream fields(line);
    std::string order, x, value;
    std::getline(fields, order, ',');
    std::getline(fields, x, ',');
    std::getline(fields, value);
    rows.push_back({std::stoi(order), exact(x), extended(value)});
  }
  return rows;
}

}  // namespace finn::test
