import json
import logging
import os
import sys


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = ("request_id", "http_method", "path", "error")
        extra = {name: getattr(record, name) for name in fields if hasattr(record, name)}
        line = {"level": record.levelname, "message": record.getMessage(), **extra}
        return json.dumps({**line, "timestamp": self.formatTime(record)})


def get_logger(name: str) -> logging.Logger:
    logger = logging.getLogger(name)
    stream = logging.StreamHandler(sys.stdout)
    stream.setFormatter(JsonFormatter())
    logger.addHandler(stream)
    logger.setLevel(os.environ.get("LOG_LEVEL", "INFO"))
    logger.propagate = False
    return logger
